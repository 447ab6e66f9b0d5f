/* Native texts from hostile hands: the reader ends and says where the fault is; what it
 * accepts, the formatter keeps: same model, and formatting twice is formatting once; and
 * a judgement edited in it is the judgement that is read, or the editor says that it
 * cannot. */
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
    if (status == FPL_E_INTERNAL || (status != FPL_OK && error.message[0] == '\0'))
        abort();
    return model;
}

/* The first variant's scores on the last descriptor become 0, 1, 2, ... */
static void edit(const fpl_model *model, const char *text, size_t size)
{
    enum { MAX = 8 };
    fpl_decimal scores[MAX];
    const fpl_content *content = fpl_model_content(model);
    const int n = content->descriptors.n;
    const fpl_descriptor *from = &content->descriptors.items[0];
    const fpl_descriptor *to = &content->descriptors.items[n - 1];
    if (to->variants.n > MAX) return;
    for (int i = 0; i < to->variants.n; i++) scores[i] = (fpl_decimal){i, 0};
    char *edited = NULL;
    size_t edited_size = 0;
    fpl_error error = {0};
    fpl_status status = fpl_yaml_set_scores(
        text, size, "fuzz", from->id, from->variants.items[0].id, to->id, scores,
        to->variants.n, &edited, &edited_size, &error);
    if (status != FPL_OK && status != FPL_E_UNSUPPORTED) abort();
    if (status == FPL_OK) {
        fpl_model *after = read_model(edited, edited_size);
        if (after == NULL) abort();
        for (int i = 0; i < to->variants.n; i++)
            if (fpl_model_judgement(after, 0, 0, n - 1, i) !=
                i * fpl_model_denominator(after))
                abort();
        fpl_model_free(after);
    }
    fpl_string_free(edited);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    char *once = NULL, *twice = NULL;
    size_t once_size = 0, twice_size = 0;
    fpl_error error = {0};
    fpl_model *model = read_model(text, size);
    if (fpl_yaml_format(text, size, "fuzz", &once, &once_size, &error) == FPL_OK) {
        if (fpl_yaml_format(once, once_size, "fuzz", &twice, &twice_size, &error) !=
                FPL_OK ||
            strcmp(once, twice) != 0)
            abort();
    } else if (model != NULL) {
        abort();
    }
    if (model != NULL) {
        fpl_model *again = read_model(once, once_size);
        if (again == NULL ||
            strcmp(fpl_model_digest(model), fpl_model_digest(again)) != 0)
            abort();
        fpl_model_free(again);
        edit(model, text, size);
    }
    fpl_model_free(model);
    fpl_string_free(once);
    fpl_string_free(twice);
    return 0;
}
