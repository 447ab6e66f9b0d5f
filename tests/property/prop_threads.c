/* Any number of threads gives the same scenarios in the same order, with and without a cap. */
#include "support/check.h"

#include "base/rng.h"

#include <fahrplan/scenarios.h>

/* Large enough that one thread alone is not left with it: n descriptors of 3 variants. */
static fpl_model *large_model(uint64_t seed, int n)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    fpli_rng rng;
    fpli_rng_start(&rng, seed, "large");
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n; d++) {
        char id[16];
        snprintf(id, sizeof id, "D%d", d);
        fpl_builder_descriptor(b, id, NULL);
        fpl_builder_variant(b, d, "a", NULL);
        fpl_builder_variant(b, d, "b", NULL);
        fpl_builder_variant(b, d, "c", NULL);
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i == j || fpli_rng_below(&rng, 10) >= 5) continue;
            for (int a = 0; a < 3; a++)
                for (int v = 0; v < 3; v++)
                    fpl_builder_score(b, i, a, j, v,
                                      (fpl_decimal){(int)fpli_rng_below(&rng, 7) - 3, 0},
                                      NULL);
        }
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    return model;
}

typedef struct trace {
    uint64_t hash;
    uint64_t n;
    int n_descriptors;
} trace;

static bool follow(void *context, const uint16_t *z)
{
    trace *t = context;
    t->n++;
    for (int d = 0; d < t->n_descriptors; d++)
        t->hash = (t->hash ^ z[d]) * 0x100000001b3u;
    return true;
}

static trace run(const fpl_model *model, int n_threads, uint64_t cap, fpl_stop *stop)
{
    const fpl_query near = {.max_inconsistency = 3};
    const fpl_limits limits = {.n_threads = n_threads, .cap = cap};
    fpl_outcome outcome = {0};
    trace t = {.n_descriptors = fpl_model_n_descriptors(model)};
    assert_int_equal(
        fpl_scenarios_visit(model, &near, &limits, follow, &t, &outcome, NULL), FPL_OK);
    assert_true(outcome.found == t.n);
    *stop = outcome.stop;
    return t;
}

static void threads_do_not_show(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 3; seed++) {
        fpl_model *model = large_model(seed, 15);
        fpl_stop stop;
        const trace one = run(model, 1, 0, &stop);
        assert_int_equal(stop, FPL_COMPLETE);
        assert_true(one.n > 100);
        for (int n_threads = 2; n_threads <= 4; n_threads++) {
            const trace many = run(model, n_threads, 0, &stop);
            assert_int_equal(stop, FPL_COMPLETE);
            assert_true(many.n == one.n && many.hash == one.hash);
        }
        const uint64_t caps[] = {1, one.n / 2, one.n - 1, one.n};
        for (int c = 0; c < 4; c++) {
            fpl_stop alone, together;
            const trace few = run(model, 1, caps[c], &alone);
            const trace same = run(model, 3, caps[c], &together);
            assert_true(few.n == caps[c] && same.n == few.n && same.hash == few.hash);
            assert_int_equal(alone, caps[c] == one.n ? FPL_COMPLETE : FPL_STOPPED_CAP);
            assert_int_equal(together, alone);
        }
        fpl_model_free(model);
    }
}

static void counting_agrees_with_visiting(void **state)
{
    (void)state;
    const fpl_query near = {.max_inconsistency = 3};
    fpl_model *model = large_model(7, 15);
    fpl_stop stop;
    const trace one = run(model, 1, 0, &stop);
    for (int n_threads = 1; n_threads <= 3; n_threads++) {
        const fpl_limits limits = {.n_threads = n_threads};
        fpl_count count = {0};
        uint64_t value = 0;
        assert_int_equal(fpl_scenarios_count(model, &near, &limits, &count, NULL, NULL),
                         FPL_OK);
        assert_int_equal(fpl_count_get_u64(&count, &value), FPL_OK);
        assert_true(value == one.n);
        fpl_count_clear(&count);
    }
    fpl_model_free(model);
}

/* A ring whose limits admit all of its 2^40 scenarios, as 40 islands and as one: far more than anybody
 * could keep, so early boxes must be handed over while they fill. */
static void a_cap_is_reached_without_keeping_everything(void **state)
{
    (void)state;
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    enum { N = 40 };
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < N; d++) {
        char id[16];
        snprintf(id, sizeof id, "D%d", d);
        fpl_builder_descriptor(b, id, NULL);
        fpl_builder_variant(b, d, "a", NULL);
        fpl_builder_variant(b, d, "b", NULL);
    }
    for (int d = 0; d < N; d++)
        fpl_builder_score(b, d, 0, (d + 1) % N, 0, (fpl_decimal){1, 0}, NULL);
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    const fpl_query near = {.max_inconsistency = 1};
    const fpl_query total = {.use_total = true, .max_total = N};
    const fpl_query *const queries[] = {&near, &total};
    for (int q = 0; q < 2; q++) {
        trace due = {0};
        for (int n_threads = 1; n_threads <= 3; n_threads++) {
            const fpl_limits limits = {.n_threads = n_threads, .cap = 50000};
            fpl_outcome outcome = {0};
            trace t = {.n_descriptors = N};
            assert_int_equal(fpl_scenarios_visit(model, queries[q], &limits, follow, &t,
                                                 &outcome, NULL),
                             FPL_OK);
            assert_int_equal(outcome.stop, FPL_STOPPED_CAP);
            assert_true(t.n == limits.cap);
            if (n_threads == 1) due = t;
            assert_true(t.hash == due.hash);
        }
    }
    fpl_model_free(model);
}

static void a_set_flag_stops_at_once(void **state)
{
    (void)state;
    const volatile int cancel = 1;
    fpl_model *model = large_model(1, 40);
    for (int n_threads = 1; n_threads <= 2; n_threads++) {
        const fpl_query near = {.max_inconsistency = 9};
        const fpl_limits limits = {.n_threads = n_threads, .cancel = &cancel};
        fpl_count count = {0};
        fpl_outcome outcome = {0};
        assert_int_equal(
            fpl_scenarios_count(model, &near, &limits, &count, &outcome, NULL), FPL_OK);
        assert_int_equal(outcome.stop, FPL_STOPPED_CANCELLED);
        fpl_count_clear(&count);
    }
    fpl_model_free(model);
}

static void the_deadline_is_kept(void **state)
{
    (void)state;
    fpl_model *model = large_model(2, 60);
    for (int n_threads = 1; n_threads <= 2; n_threads++) {
        const fpl_query near = {.max_inconsistency = 9};
        const fpl_limits limits = {.n_threads = n_threads, .time_ms = 50};
        fpl_count count = {0};
        fpl_outcome outcome = {0};
        assert_int_equal(
            fpl_scenarios_count(model, &near, &limits, &count, &outcome, NULL), FPL_OK);
        assert_int_equal(outcome.stop, FPL_STOPPED_TIME);
        fpl_count_clear(&count);
    }
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_show),
        cmocka_unit_test(counting_agrees_with_visiting),
        cmocka_unit_test(a_cap_is_reached_without_keeping_everything),
        cmocka_unit_test(a_set_flag_stops_at_once),
        cmocka_unit_test(the_deadline_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
