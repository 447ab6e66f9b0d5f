/* Formulas from hostile hands: parsing ends, says where the fault is, or gives a formula that the
 * two ways of evaluating agree on. */
#include "model/formula.h"

#include <stdlib.h>
#include <string.h>

static fpl_model *make_model(void)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    fpl_variant xs[] = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
    const fpl_descriptor x = {
        .id = "X", .kind = FPL_CHOICE, .ordered = FPL_YES, .variants = {xs, 3}};
    const fpl_descriptor y = {.id = "Y", .variants = {xs, 2}};
    if (fpl_builder_new(&b, NULL) != FPL_OK) return NULL;
    fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &x, NULL);
    fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &y, NULL);
    fpl_builder_build(b, &model, NULL);
    fpl_builder_free(b);
    return model;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fpl_model *model = make_model();
    char *text = calloc(size + 1, 1);
    fpl_formula *formula = NULL;
    fpl_error error = {0};
    if (model == NULL || text == NULL) abort();
    memcpy(text, data, size);
    if (fpl_formula_parse(model, text, &formula, &error) == FPL_OK) {
        for (uint16_t x = 0; x < 3; x++)
            for (uint16_t y = 0; y < 2; y++) {
                const uint16_t z[] = {x, y};
                const uint64_t domains[] = {(uint64_t)1 << x, (uint64_t)1 << y};
                const fpli_truth truth = fpli_formula_under(formula, domains);
                if (truth != (fpl_formula_holds(formula, z) ? FPLI_TRUE : FPLI_FALSE))
                    abort();
            }
    } else if (error.message[0] == '\0') {
        abort();
    }
    fpl_formula_free(formula);
    fpl_model_free(model);
    free(text);
    return 0;
}
