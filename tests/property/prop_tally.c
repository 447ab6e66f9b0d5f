/* Counting by groups gives the number of scenarios that the definition admits, with much memory to
 * remember in, with little and with none. */
#include "support/check.h"

#include "engine/memo.h"
#include "engine/solver.h"
#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/generate.h>

static int below(fpli_rng *rng, int n)
{
    return (int)fpli_rng_below(rng, (uint64_t)n);
}

/* Sparse, so that groups fall apart: each descriptor of 1 to 3 variants gets sections from two others
 * at most; sometimes the odd exclusion ties some together. */
static fpl_model *sparse_model(fpli_rng *rng, int n)
{
    static const char *const ids[] = {"a", "b", "c"};
    fpl_builder *b = NULL;
    fpl_model *plain = NULL, *model = NULL;
    int k[16];
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n; d++) {
        char id[16];
        snprintf(id, sizeof id, "D%d", d);
        fpl_builder_descriptor(b, id, NULL);
        k[d] = below(rng, 8) == 0 ? 1 : 2 + (below(rng, 4) == 0);
        for (int v = 0; v < k[d]; v++) fpl_builder_variant(b, d, ids[v], NULL);
    }
    for (int j = 0; j < n; j++)
        for (int s = below(rng, 3); s > 0; s--) {
            const int i = below(rng, n);
            if (i == j && below(rng, 3) != 0) continue;
            for (int a = 0; a < k[i]; a++)
                for (int v = 0; v < k[j]; v++)
                    fpl_builder_score(b, i, a, j, v, (fpl_decimal){below(rng, 5) - 2, 0},
                                      NULL);
        }
    assert_int_equal(fpl_builder_build(b, &plain, NULL), FPL_OK);
    for (int e = below(rng, 2) * below(rng, 6); e > 0; e--) {
        char text[512];
        random_formula(rng, plain, text, sizeof text);
        const fpl_exclusion exclusion = {.when = {.text = text}};
        fpl_builder_add(b, FPL_RECORD_EXCLUSION, &exclusion, NULL);
    }
    fpl_model_free(plain);
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    return model;
}

static uint64_t count_with(const fpl_model *model, const fpl_query *query, size_t bytes)
{
    fpli_solver *solver = NULL;
    fpl_count count = {0};
    uint64_t value = 0;
    assert_int_equal(fpli_solver_new(model, FPLI_VECTORS_END, &solver), FPL_OK);
    fpli_solver_set_memo(solver, bytes, bytes % 2 == 0 ? 0 : 8);
    assert_int_equal(fpli_solver_count(solver, query, NULL, &count, NULL, NULL), FPL_OK);
    assert_int_equal(fpl_count_get_u64(&count, &value), FPL_OK);
    fpl_count_clear(&count);
    fpli_solver_free(solver);
    return value;
}

static uint64_t count_by_definition(const fpl_model *model, const fpl_query *query)
{
    uint64_t due = 0;
    for (uint64_t i = 0; i < oracle_space(model); i++) {
        uint16_t z[16];
        oracle_scenario(model, i, z);
        due += oracle_admits(model, query, z);
    }
    return due;
}

static void draw_query(fpli_rng *rng, const fpl_model *model, fpl_query *q,
                       fpl_fixing *fixed, fpl_formula **formula)
{
    memset(q, 0, sizeof *q);
    q->reading = below(rng, 2) ? FPL_DO : FPL_SEE;
    q->fixed = fixed;
    q->n_fixed = below(rng, 2);
    fixed->descriptor = (uint16_t)below(rng, fpl_model_n_descriptors(model));
    fixed->variant = (uint16_t)below(rng, fpl_model_n_variants(model, fixed->descriptor));
    switch (below(rng, 5)) {
    case 0: q->strict = true; break;
    case 1: q->max_inconsistency = 1 + below(rng, 3); break;
    case 2:
        q->use_total = true;
        q->max_total = below(rng, 6);
        break;
    default: break;
    }
    if (below(rng, 3) != 0) return;
    char where[512];
    random_formula(rng, model, where, sizeof where);
    assert_int_equal(fpl_formula_parse(model, where, formula, NULL), FPL_OK);
    q->where = *formula;
}

static void groups_count_what_the_definition_admits(void **state)
{
    (void)state;
    static const size_t memory[] = {0, 6000, 1 << 20, (1 << 20) + 1};
    uint64_t most = 0;
    for (int seed = 0; seed < test_scale(3000); seed++) {
        fpli_rng rng;
        fpl_query query;
        fpl_fixing fixed;
        fpl_formula *formula = NULL;
        fpli_rng_start(&rng, (uint64_t)seed, "tally");
        fpl_model *model = sparse_model(&rng, 4 + below(&rng, 6));
        draw_query(&rng, model, &query, &fixed, &formula);
        const uint64_t due = count_by_definition(model, &query);
        const uint64_t counted = count_with(model, &query, memory[seed % 4]);
        if (due != counted) {
            printf(
                "seed %d: %llu counted, %llu due; strict %d, near %d, total %d, do %d, "
                "fixed %d, where %d\n",
                seed, (unsigned long long)counted, (unsigned long long)due, query.strict,
                query.max_inconsistency, query.use_total, query.reading == FPL_DO,
                query.n_fixed, query.where != NULL);
            print_model(model);
            fail();
        }
        if (due > most) most = due;
        fpl_formula_free(formula);
        fpl_model_free(model);
    }
    assert_true(most > 200);
}

static bool count_up(void *context, const uint16_t *z)
{
    (void)z;
    ++*(uint64_t *)context;
    return true;
}

static void groups_count_what_the_search_lists(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(40); seed++) {
        fpl_generate_options options = {
            .family = FPL_FAMILY_MODULAR,
            .n_descriptors = 12 + seed % 7,
            .n_variants = 2 + seed % 2,
            .density = 0.4,
            .cross = 0.05,
            .module_size = 4,
            .n_planted = seed % 4,
            .seed = (uint64_t)seed,
        };
        fpl_model *model = NULL;
        while (fpl_model_generate(&options, &model, NULL) != FPL_OK) options.n_planted--;
        for (int near = 0; near <= 2; near++) {
            const fpl_query query = {.max_inconsistency = near};
            uint64_t listed = 0;
            assert_int_equal(
                fpl_scenarios_visit(model, &query, NULL, count_up, &listed, NULL, NULL),
                FPL_OK);
            if (near == 0) assert_true(listed >= (uint64_t)options.n_planted);
            assert_true(count_with(model, &query, 6000) == listed);
            assert_true(count_with(model, &query, (size_t)64 << 20) == listed);
        }
        fpl_model_free(model);
    }
}

/* n descriptors of two variants in a ring; each promotes its successor's taking the same. Far more
 * scenarios are near enough than anybody can list. */
static fpl_model *ring(int n)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n; d++) {
        char id[16];
        snprintf(id, sizeof id, "D%d", d);
        fpl_builder_descriptor(b, id, NULL);
        fpl_builder_variant(b, d, "a", NULL);
        fpl_builder_variant(b, d, "b", NULL);
    }
    for (int d = 0; d < n; d++)
        for (int step = 1; step <= 2; step++)
            for (int v = 0; v < 2; v++)
                fpl_builder_score(b, d, v, (d + step) % n, v, (fpl_decimal){1, 0}, NULL);
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    return model;
}

/* With tolerance 1, z_j passes unless both who act on it take the other variant. So z is near enough
 * if no z_j differs from z_(j-1) = z_(j-2): the blocks of equal neighbours have one rule, that none
 * of two or more is followed by another block. Round a ring of n that leaves the two constant
 * scenarios, and the two alternating ones if n is even. */
static void a_ring_is_counted_as_worked_out(void **state)
{
    (void)state;
    const fpl_query near = {.max_inconsistency = 1};
    for (int n = 5; n <= 90; n += 17) {
        fpl_model *model = ring(n);
        assert_true(count_with(model, &near, (size_t)1 << 20) == (n % 2 == 0 ? 4 : 2));
        fpl_model_free(model);
    }
}

static void a_memo_forgets_and_never_lies(void **state)
{
    (void)state;
    enum { KEYS = 3000 };
    static const size_t memory[] = {0, 5000, 60000, (size_t)16 << 20};
    for (int m = 0; m < 4; m++) {
        fpli_memo *memo = NULL;
        int kept = 0;
        assert_int_equal(fpli_memo_new(memory[m], &memo), FPL_OK);
        for (int round = 0; round < 2; round++)
            for (int i = 0; i < KEYS; i++) {
                fpl_count count = {0};
                uint64_t value = 0;
                bool found = false;
                char key[32];
                const size_t size = (size_t)snprintf(key, sizeof key, "key %d", i * 7);
                assert_int_equal(fpli_memo_get(memo, key, size, &count, &found), FPL_OK);
                if (found) {
                    assert_int_equal(fpl_count_get_u64(&count, &value), FPL_OK);
                    assert_int_equal(value, i % 5);
                    kept++;
                } else {
                    assert_int_equal(fpl_count_set(&count, (uint64_t)(i % 5)), FPL_OK);
                    assert_int_equal(
                        fpli_memo_put(memo, key, size, (uint64_t)(i % 11), &count),
                        FPL_OK);
                }
                if (memory[m] >= 5000) assert_true(fpli_memo_bytes(memo) <= memory[m]);
                fpl_count_clear(&count);
            }
        if (m == 0) assert_int_equal(kept, 0);
        if (m == 3) assert_true(kept > KEYS * 99 / 100); /* its window was full */
        if (m == 2) assert_true(kept > 100 && kept < KEYS);
        fpli_memo_free(memo);
    }
}

static void a_stopped_count_is_a_lower_bound(void **state)
{
    (void)state;
    const volatile int cancel = 1;
    const fpl_limits limits = {.n_threads = 1, .cancel = &cancel};
    fpl_model *model = ring(60);
    const fpl_query near = {.max_inconsistency = 1};
    fpl_count count = {0};
    fpl_outcome outcome = {0};
    uint64_t value = 0;
    assert_int_equal(fpl_scenarios_count(model, &near, &limits, &count, &outcome, NULL),
                     FPL_OK);
    assert_int_equal(outcome.stop, FPL_STOPPED_CANCELLED);
    assert_int_equal(fpl_count_get_u64(&count, &value), FPL_OK);
    assert_true(value <= 4);
    fpl_count_clear(&count);
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_count_what_the_definition_admits),
        cmocka_unit_test(groups_count_what_the_search_lists),
        cmocka_unit_test(a_ring_is_counted_as_worked_out),
        cmocka_unit_test(a_memo_forgets_and_never_lies),
        cmocka_unit_test(a_stopped_count_is_a_lower_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
