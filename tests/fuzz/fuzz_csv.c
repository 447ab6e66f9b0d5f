/* Tables from hostile hands. What is accepted in one shape is written in both, and read
 * back to the same judgements. The first byte chooses the shape. */
#include <fahrplan/io.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static fpl_model *read_as(const char *text, size_t size, fpl_format format)
{
    const fpl_load_options options = {.format = format};
    fpl_model *model = NULL;
    fpl_error error = {0};
    fpl_status status = fpl_model_read(text, size, "fuzz", &options, &model, &error);
    if (status == FPL_E_INTERNAL || (status != FPL_OK && error.message[0] == '\0'))
        abort();
    return model;
}

static void write_and_read(const fpl_model *model, fpl_format format)
{
    const fpl_save_options options = {.format = format, .separator = ';'};
    char *text = NULL;
    size_t size = 0;
    fpl_error error = {0};
    if (fpl_model_write(model, &options, &text, &size, &error) != FPL_OK) abort();
    fpl_model *again = read_as(text, size, format);
    const int n = fpl_model_n_descriptors(model);
    const size_t V = (size_t)fpl_model_offset(model, n);
    if (again == NULL || fpl_model_n_descriptors(again) != n ||
        (size_t)fpl_model_offset(again, n) != V ||
        fpl_model_denominator(again) != fpl_model_denominator(model) ||
        memcmp(fpl_model_matrix(again), fpl_model_matrix(model),
               V * V * sizeof(int16_t)) != 0)
        abort();
    for (int d = 0; d < n; d++)
        if (fpl_model_offset(again, d) != fpl_model_offset(model, d) ||
            fpl_model_find_descriptor(
                again, fpl_model_content(model)->descriptors.items[d].id) != d)
            abort();
    fpl_model_free(again);
    fpl_string_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const fpl_format formats[] = {FPL_FORMAT_CSV, FPL_FORMAT_CSV_LIST};
    if (size == 0) return 0;
    const char *text = (const char *)data + 1;
    fpl_model *model = read_as(text, size - 1, formats[data[0] & 1]);
    if (model == NULL) return 0;
    for (int i = 0; i < 2; i++) write_and_read(model, formats[i]);
    fpl_model_free(model);
    return 0;
}
