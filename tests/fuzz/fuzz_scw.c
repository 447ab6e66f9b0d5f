/* ScenarioWizard projects from hostile hands: the reader ends and says where the fault
 * is; what it accepts comes back byte for byte. */
#include <fahrplan/io.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const fpl_load_options load = {.format = FPL_FORMAT_SCW};
    const fpl_save_options save = {.format = FPL_FORMAT_SCW};
    const char *text = (const char *)data;
    fpl_model *model = NULL;
    char *written = NULL;
    size_t written_size = 0;
    fpl_error error = {0};
    fpl_status status = fpl_model_read(text, size, "fuzz", &load, &model, &error);
    if (status == FPL_E_INTERNAL || (status != FPL_OK && error.message[0] == '\0'))
        abort();
    if (status != FPL_OK) return 0;
    if (fpl_model_write(model, &save, &written, &written_size, &error) != FPL_OK) abort();
    if (written_size != size || memcmp(written, text, size) != 0) abort();
    fpl_string_free(written);
    fpl_model_free(model);
    return 0;
}
