/* The flagship: what its notes say that it says. The ten consistent scenarios, the histogram of total
 * tension, the 27 rows, the gates. Worked out independently by full enumeration before this library
 * existed. */
#include "support/check.h"

#include <fahrplan/gates.h>
#include <fahrplan/io.h>
#include <fahrplan/lint.h>
#include <fahrplan/roadmap.h>
#include <fahrplan/tension.h>

static int load(void **state)
{
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_load(SOURCE_DIR
                       "/examples/russia-dprk-2024/russia-dprk-2024.fahrplan.yaml",
                       NULL, &model, &error) != FPL_OK) {
        printf("%s:%d: %s\n", error.file, error.mark.line, error.message);
        return 1;
    }
    *state = model;
    return 0;
}

static int unload(void **state)
{
    fpl_model_free(*state);
    return 0;
}

static void holds_the_whole_system(void **state)
{
    const fpl_content *content = fpl_model_content(*state);
    int groups = 0;
    for (int i = 0; i < content->impacts.n; i++)
        groups += content->impacts.items[i].scores.n;
    assert_int_equal(content->descriptors.n, 16);
    assert_int_equal(groups, 198);
    assert_int_equal(content->measures.n, 30);
    assert_int_equal(content->gates.n, 9);
    assert_int_equal(content->loops.n, 7);
    assert_int_equal(content->observations.n, 46);
    assert_int_equal(content->predictions.n, 27);
    assert_int_equal(content->states.n, 5);
    fpl_findings *findings = NULL;
    assert_int_equal(fpl_model_lint(*state, &findings, NULL), FPL_OK);
    for (size_t i = 0; i < fpl_findings_n(findings); i++) {
        const fpl_finding_kind kind = fpl_findings_get(findings, i)->kind;
        assert_int_not_equal(kind, FPL_FINDING_NOT_STANDARDISED);
        assert_int_not_equal(kind, FPL_FINDING_NO_REASON);
        assert_int_not_equal(kind, FPL_FINDING_START_TENSION);
        assert_int_not_equal(kind, FPL_FINDING_HEDGE_UNKNOWN);
    }
    fpl_findings_free(findings);
}

/* Variants in the order of the descriptors, one digit each; in listing order. */
static void ten_scenarios(void **state)
{
    static const char *const due[] = {
        "0101111001010010", "1101111011010010", "1101111012111010", "0001010001010110",
        "1001010011010110", "2112111122111111", "2112221123222121", "2212221123222121",
        "2122221122331212", "2122221123332212",
    };
    fpl_scenarios *set = NULL;
    assert_int_equal(fpl_scenarios_collect(*state, NULL, NULL, &set, NULL), FPL_OK);
    assert_int_equal(fpl_scenarios_n(set), 10);
    for (size_t i = 0; i < 10; i++)
        for (int d = 0; d < 16; d++)
            assert_int_equal(fpl_scenarios_get(set, i)[d], due[i][d] - '0');
    fpl_scenarios_free(set);
}

static void histogram_of_total_tension(void **state)
{
    static const uint64_t due[] = {10, 36, 103, 182, 442, 775};
    fpl_tension_distribution d = {0};
    fpl_count sum = {0}, space = {0};
    assert_int_equal(fpl_tension_distribution_compute(*state, NULL, &d, NULL), FPL_OK);
    for (size_t t = 0; t < sizeof due / sizeof *due; t++) {
        uint64_t value = 0;
        assert_int_equal(fpl_count_get_u64(&d.frequency[t], &value), FPL_OK);
        assert_true(value == due[t]);
    }
    for (size_t t = 0; t < d.n_bins; t++) fpl_count_add(&sum, &d.frequency[t]);
    assert_int_equal(fpl_model_space(*state, &space), FPL_OK);
    assert_int_equal(fpl_count_compare(&sum, &space), 0);
    assert_int_equal(space.limbs[0], 102036672);
    fpl_count_clear(&sum);
    fpl_count_clear(&space);
    fpl_tension_distribution_clear(&d);
}

/* Default level, possible levels as a set of bits, completions, row tension. */
static const struct {
    int default_level, possible, completions, tension;
} rows[27] = {
    {1, 5, 3, 0},  {1, 5, 3, 5}, {1, 13, 5, 8}, {1, 5, 5, 0},   {1, 7, 7, 5},
    {1, 15, 9, 8}, {1, 7, 6, 5}, {1, 7, 8, 10}, {1, 15, 9, 13}, {1, 7, 5, 0},
    {1, 7, 5, 1},  {1, 7, 6, 2}, {1, 7, 4, 0},  {1, 7, 4, 1},   {1, 7, 4, 1},
    {1, 7, 4, 5},  {2, 6, 3, 5}, {2, 6, 3, 6},  {1, 7, 12, 7},  {1, 7, 6, 4},
    {2, 14, 3, 6}, {1, 7, 8, 3}, {2, 6, 2, 0},  {2, 14, 8, 0},  {2, 6, 7, 5},
    {2, 6, 7, 0},  {2, 6, 5, 1},
};

static void twenty_seven_rows(void **state)
{
    fpl_roadmap *roadmap = NULL;
    assert_int_equal(fpl_roadmap_compute(*state, NULL, NULL, &roadmap, NULL), FPL_OK);
    assert_int_equal(fpl_roadmap_n_rows(roadmap), 27);
    assert_int_equal(fpl_roadmap_stop(roadmap), FPL_COMPLETE);
    for (size_t r = 0; r < 27; r++) {
        const fpl_row *row = fpl_roadmap_row(roadmap, r);
        uint64_t completions = 0;
        assert_int_equal(fpl_count_get_u64(&row->completions, &completions), FPL_OK);
        assert_int_equal(row->default_levels, 1 << (rows[r].default_level - 1));
        assert_int_equal(row->default_cycle, 1);
        assert_int_equal(row->possible, rows[r].possible);
        assert_int_equal(completions, rows[r].completions);
        assert_int_equal(row->tension, rows[r].tension);
        assert_int_equal(row->shortfall, 0);
        assert_int_equal(row->necessary, -1);
    }
    fpl_roadmap_free(roadmap);
}

static void emergency_gate(fpl_model *model, const fpl_roadmap *roadmap,
                           fpl_gate_answer answer, size_t n_violations)
{
    fpl_gate_verdicts *verdicts = NULL;
    assert_int_equal(fpl_gates_verify(model, roadmap, NULL, NULL, &verdicts, NULL),
                     FPL_OK);
    const fpl_gate_verdict *third = fpl_gate_verdicts_get(verdicts, 2);
    assert_string_equal(fpl_model_content(model)->gates.items[2].id, "g3");
    assert_int_equal(third->answer, answer);
    assert_int_equal(third->n_rows, fpl_roadmap_n_rows(roadmap));
    assert_int_equal(third->n_violations, n_violations);
    assert_int_equal(third->witness != NULL, n_violations > 0);
    fpl_gate_verdicts_free(verdicts);
}

/* Entailed on 27 rows; with the authority of the UN as a fourth driver, violated in 2 of 81. */
static void the_emergency_gate(void **state)
{
    fpl_roadmap *roadmap = NULL;
    assert_int_equal(fpl_roadmap_compute(*state, NULL, NULL, &roadmap, NULL), FPL_OK);
    emergency_gate(*state, roadmap, FPL_GATE_ENTAILED, 0);
    fpl_roadmap_free(roadmap);

    const uint16_t drivers[] = {0, 1, 2, 3};
    const fpl_roadmap_options options = {.drivers = drivers, .n_drivers = 4};
    assert_int_equal(fpl_roadmap_compute(*state, &options, NULL, &roadmap, NULL), FPL_OK);
    assert_int_equal(fpl_roadmap_n_rows(roadmap), 81);
    emergency_gate(*state, roadmap, FPL_GATE_VIOLATED, 2);
    fpl_roadmap_free(roadmap);
}

/* Level 4 is possible in five of 27 rows. The masks: easing 1, entrenched 2, acute 4 for CONF; detente
 * 1, coexist 2, crisis 4 for NEA; calm 1, strained 2, emergency 4 for BORD. */
static void gates_to_level_four(void **state)
{
    static const uint64_t sufficient[][3] = {{1, 7, 4}, {5, 3, 4}};
    static const uint64_t necessary[][3] = {{5, 0, 0}, {0, 0, 4}, {1, 3, 0}};
    const fpl_gate_aim aim = {.levels = 1 << 3, .measure = -1};
    fpl_roadmap *roadmap = NULL;
    fpl_derived_gates *gates = NULL;
    assert_int_equal(fpl_roadmap_compute(*state, NULL, NULL, &roadmap, NULL), FPL_OK);
    assert_int_equal(fpl_gates_derive(roadmap, &aim, NULL, &gates, NULL), FPL_OK);
    assert_int_equal(fpl_derived_gates_n_open(gates), 5);
    assert_int_equal(fpl_derived_gates_n_sufficient(gates), 2);
    assert_int_equal(fpl_derived_gates_n_necessary(gates), 3);
    for (int g = 0; g < 2; g++)
        assert_memory_equal(fpl_derived_gates_sufficient(gates, g)->variants,
                            sufficient[g], sizeof sufficient[g]);
    for (int g = 0; g < 3; g++)
        assert_memory_equal(fpl_derived_gates_necessary(gates, g)->variants, necessary[g],
                            sizeof necessary[g]);
    fpl_derived_gates_free(gates);
    fpl_roadmap_free(roadmap);
}

/* With confrontation easing and calm borders: of the two worlds on level 3 the stance stays open; of the
 * two on level 4 the avowed one falls to level 3, the denied one to level 1. */
static void what_was_avowed_stays(void **state)
{
    const fpl_model *m = *state;
    const int level = fpl_model_level(m), stance = fpl_model_stance(m);
    const fpl_fixing held[] = {
        {(uint16_t)fpl_model_find_descriptor(m, "CONF"), 0},
        {(uint16_t)fpl_model_find_descriptor(m, "BORD"), 0},
    };
    fpl_scenarios *set = NULL;
    int n_deep = 0;
    assert_int_equal(fpl_scenarios_collect(m, NULL, NULL, &set, NULL), FPL_OK);
    for (size_t s = 0; s < fpl_scenarios_n(set); s++) {
        const uint16_t *z = fpl_scenarios_get(set, s);
        fpl_attractor end = {0};
        const bool avowed = strcmp(fpl_model_variant_id(m, stance, z[stance]), "open") ==
                            0;
        if (z[level] < 2) continue;
        assert_int_equal(fpl_settle(m, NULL, held, 2, z, &end, NULL), FPL_OK);
        assert_int_equal(end.length, 1);
        assert_int_equal(end.members[level], avowed ? 2 : 0);
        n_deep++;
        fpl_attractor_clear(&end);
    }
    assert_int_equal(n_deep, 4);
    fpl_scenarios_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_the_whole_system),
        cmocka_unit_test(ten_scenarios),
        cmocka_unit_test(histogram_of_total_tension),
        cmocka_unit_test(twenty_seven_rows),
        cmocka_unit_test(the_emergency_gate),
        cmocka_unit_test(gates_to_level_four),
        cmocka_unit_test(what_was_avowed_stays),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
