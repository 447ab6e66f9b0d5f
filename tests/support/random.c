/* Drawing models. */
#include "support/random.h"

#include "support/check.h"

static int below(fpli_rng *rng, int n)
{
    return (int)fpli_rng_below(rng, (uint64_t)n);
}

int test_scale(int n)
{
    const char *scale = getenv("FPL_TEST_SCALE");
    return scale == NULL ? n : n * atoi(scale);
}

static const char *variant_id(int v)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    return ids[v];
}

static void add_descriptors(fpli_rng *rng, fpl_builder *b, int n, uint64_t max_space,
                            int *k)
{
    uint64_t space = 1;
    for (int d = 0; d < n; d++) {
        char id[16];
        snprintf(id, sizeof id, "D%d", d);
        k[d] = below(rng, 6) == 0 ? 1 : 2 + below(rng, below(rng, 4) == 0 ? 6 : 2);
        while (space * (uint64_t)k[d] > max_space) k[d]--;
        if (k[d] < 1) k[d] = 1;
        space *= (uint64_t)k[d];
        fpl_variant variants[8] = {0};
        for (int v = 0; v < k[d]; v++) variants[v].id = variant_id(v);
        const fpl_descriptor descriptor = {.id = id,
                                           .ordered = below(rng, 2) ? FPL_YES : FPL_NO,
                                           .variants = {variants, k[d]}};
        assert_int_equal(fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &descriptor, NULL),
                         FPL_OK);
    }
}

static void add_judgements(fpli_rng *rng, fpl_builder *b, int n, const int *k)
{
    static const int scales[] = {1, 3, 3, 3, 9, 30000};
    const int scale = scales[below(rng, 6)];
    const int density = 1 + below(rng, 4), diagonal = below(rng, 3);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i == j ? diagonal != 0 : below(rng, 4) >= density) continue;
            for (int a = 0; a < k[i]; a++)
                for (int v = 0; v < k[j]; v++) {
                    const fpl_decimal score = {below(rng, 2 * scale + 1) - scale, 0};
                    fpl_builder_score(b, i, a, j, v, score, NULL);
                }
        }
}

fpl_model *random_model(fpli_rng *rng, uint64_t max_space)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    fpl_error error = {0};
    int k[8];
    const int n = 1 + below(rng, 7);
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    add_descriptors(rng, b, n, max_space, k);
    add_judgements(rng, b, n, k);
    const int n_exclusions = below(rng, 3) == 0 ? 1 + below(rng, 3) : 0;
    fpl_model *plain = NULL;
    assert_int_equal(fpl_builder_build(b, &plain, NULL), FPL_OK);
    for (int e = 0; e < n_exclusions; e++) {
        char text[512];
        random_formula(rng, plain, text, sizeof text);
        const fpl_exclusion exclusion = {.when = {.text = text}};
        fpl_builder_add(b, FPL_RECORD_EXCLUSION, &exclusion, NULL);
    }
    fpl_model_free(plain);
    if (fpl_builder_build(b, &model, &error) != FPL_OK) fail_msg("%s", error.message);
    fpl_builder_free(b);
    return model;
}

static void add_test(fpli_rng *rng, const fpl_model *model, char *text, size_t size)
{
    const int d = below(rng, fpl_model_n_descriptors(model));
    const int k = fpl_model_n_variants(model, d);
    static const char *const ordered[] = {"=", "!=", "<", "<=", ">", ">="};
    const size_t used = strlen(text);
    if (below(rng, 3) == 0)
        snprintf(text + used, size - used, "D%d in {%s, %s}", d,
                 variant_id(below(rng, k)), variant_id(below(rng, k)));
    else
        snprintf(text + used, size - used, "D%d%s%s", d,
                 ordered[below(rng, fpl_model_is_ordered(model, d) ? 6 : 2)],
                 variant_id(below(rng, k)));
}

void random_formula(fpli_rng *rng, const fpl_model *model, char *text, size_t size)
{
    text[0] = '\0';
    const int n = 1 + below(rng, 3);
    for (int t = 0; t < n; t++) {
        if (t > 0) strcat(text, below(rng, 3) == 0 ? " or " : " and ");
        if (below(rng, 4) == 0) strcat(text, "not ");
        add_test(rng, model, text, size);
    }
}

void print_model(const fpl_model *model)
{
    const int n = fpl_model_n_descriptors(model);
    const int V = fpl_model_offset(model, n);
    for (int d = 0; d < n; d++)
        printf("D%d has %d variants%s\n", d, fpl_model_n_variants(model, d),
               fpl_model_is_ordered(model, d) ? ", ordered" : "");
    for (int r = 0; r < V; r++) {
        for (int c = 0; c < V; c++) printf("%6d", fpl_model_matrix(model)[r * V + c]);
        printf("\n");
    }
    const fpl_content *content = fpl_model_content(model);
    for (int e = 0; e < content->exclusions.n; e++)
        printf("excluded: %s\n", content->exclusions.items[e].when.text);
}

fpl_model *model_with_level(fpli_rng *rng, const fpl_model *model)
{
    const fpl_content *content = fpl_model_content(model);
    const int n = content->descriptors.n;
    if (n < 2) return NULL;
    fpl_builder *b = NULL;
    fpl_model *made = NULL;
    fpl_error error = {0};
    fpl_ref drivers[8] = {{0}};
    char when[2][512];
    const int n_drivers = 1 + (int)fpli_rng_below(rng, (uint64_t)(n - 1));
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n; d++) {
        fpl_descriptor copy = content->descriptors.items[d];
        if (d == n - 1) {
            copy.kind = FPL_CHOICE;
            copy.ordered = FPL_YES;
        }
        fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &copy, NULL);
        drivers[d].id = copy.id;
    }
    for (int i = 0; i < content->impacts.n; i++)
        fpl_builder_add(b, FPL_RECORD_IMPACT, &content->impacts.items[i], NULL);
    for (int e = 0; e < content->exclusions.n; e++)
        fpl_builder_add(b, FPL_RECORD_EXCLUSION, &content->exclusions.items[e], NULL);
    const fpl_content header = {.level = {.id = content->descriptors.items[n - 1].id},
                                .roadmap = {.drivers = {drivers, n_drivers}}};
    fpl_builder_set_header(b, &header, NULL);
    const fpl_descriptor *level = &content->descriptors.items[n - 1];
    for (int g = 0; g < 2; g++) {
        random_formula(rng, model, when[g], sizeof when[g]);
        const int k = (int)fpli_rng_below(rng, (uint64_t)level->variants.n);
        const fpl_gate gate = {.id = g == 0 ? "necessary" : "sufficient",
                               .level = {.id = level->variants.items[k].id},
                               .kind = g == 0 ? FPL_GATE_NECESSARY : FPL_GATE_SUFFICIENT,
                               .when = {.text = when[g]}};
        fpl_builder_add(b, FPL_RECORD_GATE, &gate, NULL);
    }
    if (fpl_builder_build(b, &made, &error) != FPL_OK) fail_msg("%s", error.message);
    fpl_builder_free(b);
    return made;
}
