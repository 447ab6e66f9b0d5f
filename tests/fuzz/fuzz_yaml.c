/* Native texts from hostile hands: the reader ends and says where the fault is; what it accepts, the
 * formatter keeps: same model, and formatting twice is formatting once. */
#include <fahrplan/io.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static fpl_model *read_model(const char *text, size_t size)
{
    const fpl_load_options options = {.format = FPL_FORMAT_YAML};
    fpl_model *model = NULL;
    fpl_error error = {0};
    fpl_status status = fpl_model_read(text, size, "fuzz", &options, &model, &error);
    if (status == FPL_E_INTERNAL || (status != FPL_OK && error.message[0] == '\0')) abort();
    return model;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    char *once = NULL, *twice = NULL;
    size_t once_size = 0, twice_size = 0;
    fpl_error error = {0};
    fpl_model *model = read_model(text, size);
    if (fpl_yaml_format(text, size, "fuzz", &once, &once_size, &error) == FPL_OK) {
        if (fpl_yaml_format(once, once_size, "fuzz", &twice, &twice_size, &error) != FPL_OK ||
            strcmp(once, twice) != 0)
            abort();
    } else if (model != NULL) {
        abort();
    }
    if (model != NULL) {
        fpl_model *again = read_model(once, once_size);
        if (again == NULL || strcmp(fpl_model_digest(model), fpl_model_digest(again)) != 0) abort();
        fpl_model_free(again);
    }
    fpl_model_free(model);
    fpl_string_free(once);
    fpl_string_free(twice);
    return 0;
}
