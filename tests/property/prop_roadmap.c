/* Rows and verdicts against brute force over all scenarios, on small random models. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/explain.h>
#include <fahrplan/roadmap.h>

typedef struct
    plain_row { /* the definitions of M5.2 and M6.3, one scenario after the other */
    uint64_t completions;
    uint64_t possible, near;
    int64_t tension, shortfall, near_tension;
    bool open[2], met[2], open_and_met[2], open_unmet[2];
} plain_row;

static int64_t sum_of_tensions(const fpl_model *m, const uint16_t *z, int from, int to)
{
    int64_t sum = 0;
    for (int j = from; j < to; j++) sum += oracle_tension(m, z, j);
    return sum;
}

static plain_row work_out(const fpl_model *m, const fpl_row *row, int n_drivers)
{
    plain_row p = {.tension = INT64_MAX, .shortfall = -1, .near_tension = INT64_MAX};
    const int n = fpl_model_n_descriptors(m);
    const fpl_content *content = fpl_model_content(m);
    for (uint64_t i = 0; i < oracle_space(m); i++) {
        uint16_t z[8];
        oracle_scenario(m, i, z);
        if (memcmp(z, row->drivers, (size_t)n_drivers * sizeof *z) != 0) continue;
        if (oracle_excluded(m, z)) continue;
        const uint64_t level = (uint64_t)1 << z[n - 1];
        const int64_t drivers = sum_of_tensions(m, z, 0, n_drivers);
        const int64_t rest = sum_of_tensions(m, z, n_drivers, n);
        if (p.shortfall < 0 || rest < p.shortfall) {
            p.shortfall = rest;
            p.near = 0;
            p.near_tension = INT64_MAX;
        }
        if (rest == p.shortfall) {
            p.near |= level;
            if (drivers < p.near_tension) p.near_tension = drivers;
        }
        if (rest > 0) continue;
        p.completions++;
        p.possible |= level;
        if (drivers < p.tension) p.tension = drivers;
        for (int g = 0; g < 2; g++) {
            const fpl_gate *gate = &content->gates.items[g];
            const bool open = z[n - 1] >= gate->level.index;
            const bool met = fpl_formula_holds(gate->when.formula, z);
            p.open[g] |= open;
            p.met[g] |= met;
            p.open_and_met[g] |= open && met;
            p.open_unmet[g] |= open && !met;
        }
    }
    return p;
}

/* Local succession by the oracle until it repeats: the levels of the cycle. */
static uint64_t default_levels(const fpl_model *m, const fpl_row *row, int n_drivers)
{
    const int n = fpl_model_n_descriptors(m);
    uint16_t z[8] = {0}, next[8];
    uint64_t levels = 0;
    bool held[8] = {false};
    int32_t balance[64];
    memcpy(z, row->drivers, (size_t)n_drivers * sizeof *z);
    for (int d = 0; d < n_drivers; d++) held[d] = true;
    const uint64_t space = oracle_space(m);
    for (uint64_t i = 0; i < 2 * space;
         i++) { /* as many steps as scenarios: it is on its cycle */
        fpl_successor(m, &(fpl_dynamics){.rule = FPL_SUCCESSION_LOCAL}, held, z, 0,
                      balance, next);
        memcpy(z, next, (size_t)n * sizeof *z);
        if (i >= space) levels |= (uint64_t)1 << z[n - 1];
    }
    return levels;
}

static void check_rows(const fpl_model *m, const fpl_roadmap *roadmap,
                       size_t violations[2], size_t tested[2])
{
    const int n_drivers = fpl_roadmap_n_drivers(roadmap);
    for (size_t r = 0; r < fpl_roadmap_n_rows(roadmap); r++) {
        const fpl_row *row = fpl_roadmap_row(roadmap, r);
        const plain_row p = work_out(m, row, n_drivers);
        uint64_t completions = 0;
        fpl_count_get_u64(&row->completions, &completions);
        assert_true(completions == p.completions);
        const bool some = p.completions > 0;
        assert_true(row->shortfall == (some ? 0 : p.shortfall));
        assert_true(row->possible == (some ? p.possible : 0));
        assert_true(row->nearest == (some ? 0 : p.near));
        if (some || p.shortfall >= 0)
            assert_true(row->tension == (some ? p.tension : p.near_tension));
        assert_true(row->default_levels == default_levels(m, row, n_drivers));
        const bool single = row->possible != 0 &&
                            (row->possible & (row->possible - 1)) == 0;
        assert_int_equal(row->necessary >= 0, single);
        if (single) assert_true(row->possible == (uint64_t)1 << row->necessary);
        violations[0] += p.open_unmet[0];
        violations[1] += p.met[1] && !p.open_and_met[1];
        tested[0] += p.open[0];
        tested[1] += p.met[1];
    }
}

static void rows_and_verdicts_agree_with_brute_force(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(250); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "roadmap");
        fpl_model *plain = random_model(&rng, 300);
        fpl_model *m = model_with_level(&rng, plain);
        fpl_model_free(plain);
        if (m == NULL) continue;
        fpl_roadmap *roadmap = NULL;
        fpl_gate_verdicts *verdicts = NULL;
        size_t violations[2] = {0}, tested[2] = {0};
        const fpl_limits limits = {.n_threads = 1 + seed % 2};
        assert_int_equal(fpl_roadmap_compute(m, NULL, &limits, &roadmap, NULL), FPL_OK);
        assert_int_equal(fpl_gates_verify(m, roadmap, NULL, &limits, &verdicts, NULL),
                         FPL_OK);
        check_rows(m, roadmap, violations, tested);
        for (int g = 0; g < 2; g++) {
            const fpl_gate_verdict *verdict = fpl_gate_verdicts_get(verdicts, g);
            assert_int_equal(verdict->stop, FPL_COMPLETE);
            assert_int_equal(verdict->n_violations, violations[g]);
            assert_int_equal(verdict->n_tested, tested[g]);
            assert_int_equal(verdict->answer, tested[g] == 0      ? FPL_GATE_UNTESTABLE
                                              : violations[g] > 0 ? FPL_GATE_VIOLATED
                                                                  : FPL_GATE_ENTAILED);
        }
        fpl_gate_verdicts_free(verdicts);
        fpl_roadmap_free(roadmap);
        fpl_model_free(m);
    }
}

/* A court that was stopped names no verdict that later rows could overturn. */
static void stopped_verdicts_say_so(void **state)
{
    (void)state;
    const volatile int cancel = 1;
    const fpl_limits cancelled = {.n_threads = 1, .cancel = &cancel};
    int n_cut = 0;
    for (int seed = 0; seed < 40; seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "stopped");
        fpl_model *plain = random_model(&rng, 300);
        fpl_model *m = model_with_level(&rng, plain);
        fpl_model_free(plain);
        if (m == NULL) continue;
        fpl_roadmap *whole = NULL, *cut = NULL;
        fpl_gate_verdicts *verdicts = NULL;
        assert_int_equal(fpl_roadmap_compute(m, NULL, NULL, &whole, NULL), FPL_OK);
        assert_int_equal(fpl_roadmap_compute(m, NULL, &cancelled, &cut, NULL), FPL_OK);
        for (int way = 0; way < 2; way++) { /* cut in court; cut before, in the roadmap */
            assert_int_equal(fpl_gates_verify(m, way == 0 ? whole : cut, NULL,
                                              way == 0 ? &cancelled : NULL, &verdicts,
                                              NULL),
                             FPL_OK);
            for (int g = 0; g < 2; g++) {
                const fpl_gate_verdict *verdict = fpl_gate_verdicts_get(verdicts, g);
                assert_int_equal(verdict->stop, FPL_STOPPED_CANCELLED);
                assert_int_equal(verdict->answer, FPL_GATE_UNKNOWN);
                n_cut++;
            }
            fpl_gate_verdicts_free(verdicts);
        }
        fpl_roadmap_free(whole);
        fpl_roadmap_free(cut);
        fpl_model_free(m);
    }
    assert_true(n_cut > 40);
}

/* What a balance sheet lists must add up to the consistency value. */
static void balance_sheets_add_up(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(300); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "sheets");
        fpl_model *m = random_model(&rng, 600);
        fpl_explanation *explanation = NULL;
        uint16_t z[8];
        oracle_scenario(m, fpli_rng_below(&rng, oracle_space(m)), z);
        assert_int_equal(fpl_explain_scenario(m, z, &explanation, NULL), FPL_OK);
        assert_int_equal(fpl_explanation_n_sheets(explanation),
                         fpl_model_n_descriptors(m));
        int32_t before = INT32_MIN;
        for (int i = 0; i < fpl_explanation_n_sheets(explanation); i++) {
            const fpl_balance_sheet *sheet = fpl_explanation_sheet(explanation, i);
            const int margin = oracle_margin(m, z, sheet->descriptor, FPL_INFINITE);
            int64_t sum = 0;
            for (int a = 0; a < sheet->arguments.n; a++)
                sum += sheet->arguments.items[a].weight;
            assert_int_equal(sheet->consistency, margin);
            if (sheet->rival >= 0) assert_true(sum == margin);
            assert_true(sheet->consistency >= before);
            before = sheet->consistency;
        }
        fpl_explanation_free(explanation);
        fpl_model_free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_verdicts_agree_with_brute_force),
        cmocka_unit_test(stopped_verdicts_say_so),
        cmocka_unit_test(balance_sheets_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
