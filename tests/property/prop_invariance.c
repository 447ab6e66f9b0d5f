/* What may be done to a matrix without changing its answers, method.md M1.1. Scaling one target keeps the
 * global successor but not the local one, which compares tensions of different descriptors; and new places
 * for descriptors settle ties of the local rule otherwise. So succession is the global one here. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/balance.h>
#include <fahrplan/tension.h>

enum { SPACE_MAX = 600, DESCRIPTORS_MAX = 8, VARIANTS_MAX = 64 };

static int below(fpli_rng *rng, int n)
{
    return (int)fpli_rng_below(rng, (uint64_t)n);
}

static int largest_judgement(const fpl_model *model)
{
    const int V = fpl_model_offset(model, fpl_model_n_descriptors(model));
    int largest = 0;
    for (int i = 0; i < V * V; i++)
        if (abs(fpl_model_matrix(model)[i]) > largest)
            largest = abs(fpl_model_matrix(model)[i]);
    return largest;
}

/* A model whose values leave room for what is done to them. */
static fpl_model *draw(fpli_rng *rng)
{
    for (;;) {
        fpl_model *model = random_model(rng, SPACE_MAX);
        if (largest_judgement(model) < 1000) return model;
        fpl_model_free(model);
    }
}

static void add_to(fpl_builder *b, const fpl_model *model, int i, int a, int j, int v,
                   int more)
{
    const fpl_decimal score = {fpl_model_judgement(model, i, a, j, v) + more, 0};
    assert_int_equal(fpl_builder_score(b, i, a, j, v, score, NULL), FPL_OK);
}

/* ---- the changes: each fills a builder that begins as a copy ------------------------------- */

static void shift_groups(fpli_rng *rng, const fpl_model *model, fpl_builder *b)
{
    const int n = fpl_model_n_descriptors(model);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int a = 0; a < fpl_model_n_variants(model, i); a++) {
                const int constant = below(rng, 11) - 5;
                for (int v = 0; v < fpl_model_n_variants(model, j); v++)
                    add_to(b, model, i, a, j, v, constant);
            }
}

static void scale_targets(fpli_rng *rng, const fpl_model *model, fpl_builder *b)
{
    const int n = fpl_model_n_descriptors(model);
    for (int j = 0; j < n; j++) {
        const int factor = 1 + below(rng, 5);
        for (int i = 0; i < n; i++)
            for (int a = 0; a < fpl_model_n_variants(model, i); a++)
                for (int v = 0; v < fpl_model_n_variants(model, j); v++)
                    add_to(b, model, i, a, j, v,
                           (factor - 1) * fpl_model_judgement(model, i, a, j, v));
    }
}

static void move_between_sources(fpli_rng *rng, const fpl_model *model, fpl_builder *b)
{
    const int n = fpl_model_n_descriptors(model);
    const int from = below(rng, n), to = (from + 1) % n;
    if (from == to) return;
    for (int j = 0; j < n; j++)
        for (int v = 0; v < fpl_model_n_variants(model, j); v++) {
            const int more = below(rng, 13) - 6;
            for (int a = 0; a < fpl_model_n_variants(model, from); a++)
                add_to(b, model, from, a, j, v, -more);
            for (int a = 0; a < fpl_model_n_variants(model, to); a++)
                add_to(b, model, to, a, j, v, more);
        }
}

static fpl_model *changed(void (*change)(fpli_rng *, const fpl_model *, fpl_builder *),
                          fpli_rng *rng, const fpl_model *model)
{
    fpl_builder *b = NULL;
    fpl_model *other = NULL;
    assert_int_equal(fpl_builder_copy(model, &b, NULL), FPL_OK);
    change(rng, model, b);
    assert_int_equal(fpl_builder_build(b, &other, NULL), FPL_OK);
    fpl_builder_free(b);
    return other;
}

/* Descriptor place[d] of the model stands at place d of the result. */
static fpl_model *reordered(const fpl_model *model, const int *place)
{
    const int n = fpl_model_n_descriptors(model);
    const fpl_content *content = fpl_model_content(model);
    fpl_builder *b = NULL;
    fpl_model *other = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n; d++)
        assert_int_equal(fpl_builder_add(b, FPL_RECORD_DESCRIPTOR,
                                         &content->descriptors.items[place[d]], NULL),
                         FPL_OK);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int a = 0; a < fpl_model_n_variants(model, place[i]); a++)
                for (int v = 0; v < fpl_model_n_variants(model, place[j]); v++) {
                    const int c = fpl_model_judgement(model, place[i], a, place[j], v);
                    if (c != 0)
                        fpl_builder_score(b, i, a, j, v, (fpl_decimal){c, 0}, NULL);
                }
    for (int e = 0; e < content->exclusions.n; e++)
        fpl_builder_add(b, FPL_RECORD_EXCLUSION, &content->exclusions.items[e], NULL);
    assert_int_equal(fpl_builder_build(b, &other, NULL), FPL_OK);
    fpl_builder_free(b);
    return other;
}

/* ---- what must stay ------------------------------------------------------------------------ */

static bool same_solutions(const fpl_model *model, const fpl_model *other,
                           const fpl_query *query)
{
    const size_t n = (size_t)fpl_model_n_descriptors(model);
    fpl_scenarios *a = NULL, *b = NULL;
    assert_int_equal(fpl_scenarios_collect(model, query, NULL, &a, NULL), FPL_OK);
    assert_int_equal(fpl_scenarios_collect(other, query, NULL, &b, NULL), FPL_OK);
    bool same = fpl_scenarios_n(a) == fpl_scenarios_n(b);
    for (size_t i = 0; same && i < fpl_scenarios_n(a); i++)
        same = memcmp(fpl_scenarios_get(a, i), fpl_scenarios_get(b, i),
                      n * sizeof(uint16_t)) == 0;
    fpl_scenarios_free(a);
    fpl_scenarios_free(b);
    return same;
}

static bool same_successors(const fpl_model *model, const fpl_model *other)
{
    bool same = true;
    for (uint64_t i = 0; same && i < oracle_space(model); i++) {
        uint16_t z[DESCRIPTORS_MAX], a[DESCRIPTORS_MAX], b[DESCRIPTORS_MAX];
        int32_t balance[VARIANTS_MAX];
        oracle_scenario(model, i, z);
        fpl_successor(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_GLOBAL}, NULL, z, 0,
                      balance, a);
        fpl_successor(other, &(fpl_dynamics){.rule = FPL_SUCCESSION_GLOBAL}, NULL, z, 0,
                      balance, b);
        same = memcmp(a, b, (size_t)fpl_model_n_descriptors(model) * sizeof *z) == 0;
    }
    return same;
}

static bool same_consistency_values(const fpl_model *model, const fpl_model *other)
{
    bool same = true;
    for (uint64_t i = 0; same && i < oracle_space(model); i++) {
        uint16_t z[DESCRIPTORS_MAX];
        int32_t balance[VARIANTS_MAX], a[DESCRIPTORS_MAX], b[DESCRIPTORS_MAX];
        oracle_scenario(model, i, z);
        fpl_consistency(model, z, balance, a, NULL);
        fpl_consistency(other, z, balance, b, NULL);
        same = memcmp(a, b, (size_t)fpl_model_n_descriptors(model) * sizeof *a) == 0;
    }
    return same;
}

static bool same_tensions(const fpl_model *model, const fpl_model *other)
{
    fpl_tension_distribution a = {0}, b = {0};
    assert_int_equal(fpl_tension_distribution_compute(model, NULL, &a, NULL), FPL_OK);
    assert_int_equal(fpl_tension_distribution_compute(other, NULL, &b, NULL), FPL_OK);
    bool same = true;
    const fpl_count zero = {0};
    for (size_t t = 0; same && (t < a.n_bins || t < b.n_bins); t++)
        same = fpl_count_compare(t < a.n_bins ? &a.frequency[t] : &zero,
                                 t < b.n_bins ? &b.frequency[t] : &zero) == 0;
    fpl_tension_distribution_clear(&a);
    fpl_tension_distribution_clear(&b);
    return same;
}

static bool same_balances(const fpl_model *model, const fpl_model *other)
{
    const size_t V = (size_t)fpl_model_offset(model, fpl_model_n_descriptors(model));
    bool same = true;
    for (uint64_t i = 0; same && i < oracle_space(model); i++) {
        uint16_t z[DESCRIPTORS_MAX];
        int32_t a[VARIANTS_MAX], b[VARIANTS_MAX];
        oracle_scenario(model, i, z);
        fpl_balance(model, z, a);
        fpl_balance(other, z, b);
        same = memcmp(a, b, V * sizeof *a) == 0;
    }
    return same;
}

static void expect(bool holds, const char *law, int seed, const fpl_model *model,
                   const fpl_model *other)
{
    if (holds) return;
    printf("%s, seed %d: the model, and what became of it\n", law, seed);
    print_model(model);
    print_model(other);
    fail();
}

/* ---- the laws ------------------------------------------------------------------------------ */

static const fpl_query consistent = {0}, strict = {.strict = true},
                       near = {.max_inconsistency = 2},
                       total = {.use_total = true, .max_total = 4};

static void a_constant_in_a_group_changes_nothing_that_is_compared(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "shift");
        fpl_model *model = draw(&rng), *other = changed(shift_groups, &rng, model);
        expect(same_consistency_values(model, other) && same_successors(model, other) &&
                   same_tensions(model, other) &&
                   same_solutions(model, other, &consistent) &&
                   same_solutions(model, other, &strict) &&
                   same_solutions(model, other, &near) &&
                   same_solutions(model, other, &total),
               "shifted groups", seed, model, other);
        fpl_model_free(model);
        fpl_model_free(other);
    }
}

static void a_factor_on_a_target_changes_no_solution(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "scale");
        fpl_model *model = draw(&rng), *other = changed(scale_targets, &rng, model);
        expect(same_solutions(model, other, &consistent) &&
                   same_solutions(model, other, &strict) && same_successors(model, other),
               "scaled targets", seed, model, other);
        fpl_model_free(model);
        fpl_model_free(other);
    }
}

static void what_one_source_gives_another_may_say(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "move");
        fpl_model *model = draw(&rng);
        fpl_model *other = changed(move_between_sources, &rng, model);
        expect(same_balances(model, other) && same_tensions(model, other) &&
                   same_successors(model, other) &&
                   same_solutions(model, other, &consistent) &&
                   same_solutions(model, other, &near) &&
                   same_solutions(model, other, &total),
               "vector moved between sources", seed, model, other);
        fpl_model_free(model);
        fpl_model_free(other);
    }
}

static void shuffle(fpli_rng *rng, int *place, int n)
{
    for (int d = 0; d < n; d++) place[d] = d;
    for (int d = n - 1; d > 0; d--) {
        const int other = below(rng, d + 1), own = place[d];
        place[d] = place[other];
        place[other] = own;
    }
}

/* Each scenario of the one, carried over, is admitted by the other; the numbers are the same. */
static bool same_solutions_moved(const fpl_model *model, const fpl_model *other,
                                 const fpl_query *query, const int *place)
{
    const int n = fpl_model_n_descriptors(model);
    fpl_scenarios *a = NULL, *b = NULL;
    assert_int_equal(fpl_scenarios_collect(model, query, NULL, &a, NULL), FPL_OK);
    assert_int_equal(fpl_scenarios_collect(other, query, NULL, &b, NULL), FPL_OK);
    bool same = fpl_scenarios_n(a) == fpl_scenarios_n(b);
    for (size_t i = 0; same && i < fpl_scenarios_n(b); i++) {
        uint16_t z[DESCRIPTORS_MAX];
        int32_t balance[VARIANTS_MAX];
        for (int d = 0; d < n; d++) z[place[d]] = fpl_scenarios_get(b, i)[d];
        same = fpl_query_admits(model, query, z, balance);
    }
    fpl_scenarios_free(a);
    fpl_scenarios_free(b);
    return same;
}

static bool same_successors_moved(const fpl_model *model, const fpl_model *other,
                                  const int *place)
{
    const int n = fpl_model_n_descriptors(model);
    bool same = true;
    for (uint64_t i = 0; same && i < oracle_space(model); i++) {
        uint16_t z[DESCRIPTORS_MAX], moved[DESCRIPTORS_MAX];
        uint16_t a[DESCRIPTORS_MAX], b[DESCRIPTORS_MAX];
        int32_t balance[VARIANTS_MAX];
        oracle_scenario(model, i, z);
        for (int d = 0; d < n; d++) moved[d] = z[place[d]];
        fpl_successor(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_GLOBAL}, NULL, z, 0,
                      balance, a);
        fpl_successor(other, &(fpl_dynamics){.rule = FPL_SUCCESSION_GLOBAL}, NULL, moved,
                      0, balance, b);
        for (int d = 0; d < n; d++) same = same && b[d] == a[place[d]];
    }
    return same;
}

static void a_new_order_only_moves_the_answers(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        int place[DESCRIPTORS_MAX];
        fpli_rng_start(&rng, (uint64_t)seed, "order");
        fpl_model *model = draw(&rng);
        shuffle(&rng, place, fpl_model_n_descriptors(model));
        fpl_model *other = reordered(model, place);
        expect(same_solutions_moved(model, other, &consistent, place) &&
                   same_solutions_moved(model, other, &near, place) &&
                   same_solutions_moved(model, other, &total, place) &&
                   same_successors_moved(model, other, place) &&
                   same_tensions(model, other),
               "descriptors reordered", seed, model, other);
        fpl_model_free(model);
        fpl_model_free(other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_constant_in_a_group_changes_nothing_that_is_compared),
        cmocka_unit_test(a_factor_on_a_target_changes_no_solution),
        cmocka_unit_test(what_one_source_gives_another_may_say),
        cmocka_unit_test(a_new_order_only_moves_the_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
