/* A first program against the installed library: two descriptors that feed on each other. */
#include <fahrplan.h>

#include <stdio.h>

static bool show(void *context, const uint16_t *z)
{
    const fpl_model *model = context;
    for (int d = 0; d < fpl_model_n_descriptors(model); d++)
        printf("%s%s=%s", d > 0 ? " " : "", fpl_model_descriptor_name(model, d, "en"),
               fpl_model_variant_name(model, d, z[d], "en"));
    printf("\n");
    return true;
}

int main(void)
{
    fpl_builder *builder = NULL;
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_builder_new(&builder, &error) != FPL_OK) return 1;
    fpl_builder_descriptor(builder, "Trust", &error);
    fpl_builder_variant(builder, 0, "high", &error);
    fpl_builder_variant(builder, 0, "low", &error);
    fpl_builder_descriptor(builder, "Trade", &error);
    fpl_builder_variant(builder, 1, "much", &error);
    fpl_builder_variant(builder, 1, "little", &error);
    for (int from = 0; from < 2; from++)
        for (int v = 0; v < 2; v++) { /* each promotes its like */
            fpl_builder_score(builder, from, v, 1 - from, v, (fpl_decimal){2, 0}, &error);
            fpl_builder_score(builder, from, v, 1 - from, 1 - v, (fpl_decimal){-2, 0},
                              &error);
        }
    fpl_status status = fpl_builder_build(builder, &model, &error);
    if (status == FPL_OK)
        status = fpl_scenarios_visit(model, NULL, NULL, show, model, NULL, &error);
    if (status != FPL_OK) fprintf(stderr, "%s\n", error.message);
    fpl_model_free(model);
    fpl_builder_free(builder);
    return status != FPL_OK;
}
