/* The engine and the studies while each allocation fails in turn. */
#include "support/check.h"

#include "base/mem.h"
#include "base/rng.h"
#include "engine/solver.h"

#include <fahrplan/basins.h>
#include <fahrplan/compare.h>
#include <fahrplan/explain.h>
#include <fahrplan/gates.h>
#include <fahrplan/landscape.h>
#include <fahrplan/levers.h>
#include <fahrplan/lint.h>
#include <fahrplan/roadmap.h>
#include <fahrplan/system.h>
#include <fahrplan/tension.h>
#include <fahrplan/tipping.h>
#include <fahrplan/vary.h>

/* A chain of two islands with a level, an exclusion and a gate. */
static fpl_model *small_model(void)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    fpl_variant vs[] = {{.id = "a"}, {.id = "b", .lag = 1}};
    for (int d = 0; d < 4; d++) {
        char id[4] = {'D', (char)('0' + d), '\0'};
        const fpl_descriptor descriptor = {.id = id,
                                           .kind = d == 3 ? FPL_CHOICE : FPL_DRIVER,
                                           .ordered = FPL_YES,
                                           .variants = {vs, 2}};
        fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &descriptor, NULL);
    }
    for (int v = 0; v < 2; v++) {
        fpl_builder_score(b, 0, v, 1, v, (fpl_decimal){2, 0}, NULL);
        fpl_builder_score(b, 2, v, 3, v, (fpl_decimal){2, 0}, NULL);
        fpl_builder_score(b, 3, v, 2, v, (fpl_decimal){1, 0}, NULL);
    }
    fpl_ref drivers[] = {{.id = "D0"}, {.id = "D2"}};
    const fpl_content header = {.level = {.id = "D3"},
                                .roadmap = {.drivers = {drivers, 2}}};
    const fpl_gate gate = {.id = "g",
                           .level = {.id = "b"},
                           .kind = FPL_GATE_NECESSARY,
                           .when = {.text = "D0=b"}};
    fpl_builder_set_header(b, &header, NULL);
    fpl_builder_add(b, FPL_RECORD_GATE, &gate, NULL);
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    return model;
}

/* Basins every way, with the lags that the model has; a trace; a reach. */
static fpl_status ask_dynamics(const fpl_model *model)
{
    static const fpl_basin_options ways[] = {
        {.dynamics = {.rule = FPL_SUCCESSION_GLOBAL}},
        {.dynamics = {.rule = FPL_SUCCESSION_LOCAL}},
        {.dynamics = {.rule = FPL_SUCCESSION_LOCAL, .memory = true}},
        {.dynamics = {.rule = FPL_SUCCESSION_RANDOM}, .samples = 5}};
    const fpl_limits limits = {.n_threads = 1};
    const uint16_t z[4] = {0};
    fpl_trace *trace = NULL;
    fpl_reach *reach = NULL;
    fpl_scenarios *set = NULL;
    fpl_landscape *landscape = NULL;
    size_t chosen[2];
    bool exact = false;
    fpl_error error = {0};
    fpl_status status = FPL_OK;
    for (int way = 0; way < 4 && status == FPL_OK; way++) {
        fpl_basins *basins = NULL;
        status = fpl_basins_compute(model, &ways[way], &limits, &basins, &error);
        fpl_basins_free(basins);
    }
    if (status == FPL_OK)
        status = fpl_trace_compute(model, NULL, NULL, 0, z, &limits, &trace, &error);
    if (status == FPL_OK)
        status = fpl_reach_compute(model, NULL, NULL, 0, z, &limits, &reach, &error);
    if (status == FPL_OK)
        status = fpl_scenarios_collect(model, NULL, &limits, &set, &error);
    if (status == FPL_OK)
        status = fpl_landscape_compute(model, set, NULL, &limits, &landscape, &error);
    if (status == FPL_OK)
        status = fpl_scenarios_select(model, set, 2, false, chosen, &exact, &error);
    if (status != FPL_OK) assert_int_equal(error.status, status);
    fpl_landscape_free(landscape);
    fpl_scenarios_free(set);
    fpl_trace_free(trace);
    fpl_reach_free(reach);
    return status;
}

/* Levers of each strength, near misses, and all tipping distances. */
static fpl_status ask_levers(const fpl_model *model)
{
    const fpl_limits limits = {.n_threads = 1};
    const uint16_t z[4] = {0}, tense[4] = {0, 1, 0, 0};
    const bool all[4] = {true, true, true, true};
    fpl_formula *goal = NULL;
    fpl_roadmap *roadmap = NULL;
    fpl_driver_tipping drivers = {0};
    fpl_state_tipping *states = NULL;
    fpl_error error = {0};
    fpl_status status = fpl_formula_parse(model, "D3=b and D1=b", &goal, &error);
    for (int s = 0; s < FPL_STRENGTH_END && status == FPL_OK; s++) {
        const fpl_lever_options options = {.goal = goal,
                                           .strength = (fpl_strength)s,
                                           .controllable = all,
                                           .max_size = s == 0 ? 1 : 2};
        fpl_levers *levers = NULL;
        status = fpl_levers_compute(model, &options, &limits, &levers, &error);
        fpl_levers_free(levers);
    }
    for (int i = 0; i < 2 && status == FPL_OK; i++) {
        fpl_judgement_tippings *judgements = NULL;
        status = fpl_judgement_tipping_find(model, i == 0 ? z : tense, &judgements,
                                            &error);
        fpl_judgement_tippings_free(judgements);
    }
    if (status == FPL_OK)
        status = fpl_state_tipping_find(model, z, NULL, &limits, &states, &error);
    if (status == FPL_OK)
        status = fpl_roadmap_compute(model, NULL, &limits, &roadmap, &error);
    if (status == FPL_OK)
        status = fpl_driver_tipping_find(model, roadmap, z, -1, &drivers, &error);
    if (status != FPL_OK) assert_int_equal(error.status, status);
    fpl_driver_tipping_clear(&drivers);
    fpl_roadmap_free(roadmap);
    fpl_state_tipping_free(states);
    fpl_formula_free(goal);
    return status;
}

/* A change that loses scenarios and moves the default of rows; the model beside it, held. */
static fpl_status ask_what_if(const fpl_model *model)
{
    const fpl_setting_of_score settings[] = {{2, 0, 3, 0, {-2, 0}}, {0, 0, 1, 1, {3, 0}}};
    const fpl_variation variation = {.scores = {settings, 2}};
    const fpl_fixing held = {1, 1};
    const fpl_compare_options options = {.held = {NULL, &held}, .n_held = {0, 1}};
    const fpl_limits limits = {.n_threads = 1};
    fpl_model *changed = NULL;
    fpl_difference *difference = NULL;
    fpl_comparison *comparison = NULL;
    fpl_error error = {0};
    fpl_status status = fpl_model_vary(model, &variation, &changed, NULL, &error);
    if (status == FPL_OK) status = fpl_models_diff(model, changed, &difference, &error);
    if (status == FPL_OK)
        status = fpl_compare(model, changed, &options, &limits, &comparison, &error);
    if (status == FPL_OK) {
        assert_true(fpl_comparison_n_shifts(comparison, FPL_OLD) > 0);
        assert_true(fpl_comparison_n_rows(comparison) > 0);
    }
    if (status != FPL_OK) assert_int_equal(error.status, status);
    fpl_comparison_free(comparison);
    fpl_difference_free(difference);
    fpl_model_free(changed);
    return status;
}

static fpl_status ask_everything(const fpl_model *model)
{
    const fpl_limits limits = {.n_threads = 1};
    fpl_scenarios *set = NULL;
    fpl_count count = {0};
    fpl_tension_distribution d = {0};
    fpl_roadmap *roadmap = NULL;
    fpl_gate_verdicts *verdicts = NULL;
    fpl_findings *findings = NULL;
    fpl_explanation *explanation = NULL;
    fpl_system *system = NULL;
    fpl_paths *paths = NULL;
    const uint16_t z[4] = {0};
    fpl_error error = {0};
    fpl_status status = fpl_scenarios_collect(model, NULL, &limits, &set, &error);
    if (status == FPL_OK)
        status = fpl_scenarios_count(model, NULL, &limits, &count, NULL, &error);
    if (status == FPL_OK)
        status = fpl_tension_distribution_compute(model, &limits, &d, &error);
    if (status == FPL_OK)
        status = fpl_roadmap_compute(model, NULL, &limits, &roadmap, &error);
    if (status == FPL_OK)
        status = fpl_gates_verify(model, roadmap, NULL, &limits, &verdicts, &error);
    if (status == FPL_OK) status = fpl_model_lint(model, &findings, &error);
    if (status == FPL_OK) status = fpl_explain_scenario(model, z, &explanation, &error);
    if (status == FPL_OK)
        status = fpl_system_compute(model, NULL, &limits, &system, &error);
    if (status == FPL_OK)
        status = fpl_paths_find(model, 0, 1, 0, &limits, &paths, &error);
    if (status != FPL_OK) assert_int_equal(error.status, status);
    fpl_scenarios_free(set);
    fpl_count_clear(&count);
    fpl_tension_distribution_clear(&d);
    fpl_gate_verdicts_free(verdicts);
    fpl_roadmap_free(roadmap);
    fpl_findings_free(findings);
    fpl_explanation_free(explanation);
    fpl_system_free(system);
    fpl_paths_free(paths);
    return status;
}

static void each_allocation_fails_once(void **state)
{
    (void)state;
    fpl_status (*const asks[])(const fpl_model *) = {ask_everything, ask_dynamics,
                                                     ask_levers, ask_what_if};
    fpl_model *model = small_model();
    for (int a = 0; a < 4; a++) {
        uint64_t nth = 0;
        fpl_status status;
        do {
            fpli_mem_fail_at(++nth);
            status = asks[a](model);
            assert_true(status == FPL_OK || status == FPL_E_MEMORY);
        } while (status != FPL_OK);
        fpli_mem_fail_at(0);
        assert_true(nth > 100);
    }
    fpl_model_free(model);
}

/* 2^13 scenarios, all of them near enough to a chain: too many nodes for one thread alone. */
static fpl_model *chain(void)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    enum { N = 13 };
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < N; d++) {
        const char id[] = {(char)('A' + d), '\0'};
        fpl_builder_descriptor(b, id, NULL);
        fpl_builder_variant(b, d, "a", NULL);
        fpl_builder_variant(b, d, "b", NULL);
        if (d > 0) fpl_builder_score(b, d - 1, 0, d, 0, (fpl_decimal){1, 0}, NULL);
    }
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    return model;
}

static bool count_up(void *context, const uint16_t *z)
{
    (void)z;
    ++*(int *)context;
    return true;
}

static void allocations_of_threads_fail_in_turn(void **state)
{
    (void)state;
#ifndef _OPENMP
    skip(); /* this build has one thread only */
#endif
    fpl_model *model = chain();
    const fpl_query query = {.use_total = true, .max_total = 13};
    const fpl_limits limits = {.n_threads = 2};
    uint64_t nth = 0;
    fpl_status status;
    do {
        int n = 0;
        fpl_outcome outcome = {0};
        fpl_error error = {0};
        nth += 1 + nth / 64; /* far on they are all alike: of rows and boxes */
        fpli_mem_fail_at(nth);
        status = fpl_scenarios_visit(model, &query, &limits, count_up, &n, &outcome,
                                     &error);
        assert_true(status == FPL_OK || status == FPL_E_MEMORY);
        assert_int_equal(error.status, status);
        if (status == FPL_OK) assert_int_equal(n, 1 << 13);
    } while (status != FPL_OK);
    fpli_mem_fail_at(0);
    assert_true(nth > 200); /* two searches of their own, boxes and what they find */
    fpl_model_free(model);
}

/* What is remembered as well: everything is worth it here. Once a descriptor of the chain takes a, all
 * after it must: 14 scenarios. */
static fpl_status count_chain(const fpl_model *model, uint64_t *value)
{
    fpli_solver *solver = NULL;
    fpl_count count = {0};
    fpl_error error = {0};
    const fpl_limits limits = {.n_threads = 1};
    fpl_status status = fpli_solver_new(model, FPLI_VECTORS_END, &solver);
    if (status != FPL_OK) return status;
    fpli_solver_set_memo(solver, (size_t)1 << 20, 0);
    status = fpli_solver_count(solver, NULL, &limits, &count, NULL, &error);
    assert_int_equal(error.status, status);
    if (status == FPL_OK) status = fpl_count_get_u64(&count, value);
    fpl_count_clear(&count);
    fpli_solver_free(solver);
    return status;
}

static void allocations_of_counting_fail_in_turn(void **state)
{
    (void)state;
    fpl_model *model = chain();
    uint64_t nth = 0, value = 0;
    fpl_status status;
    do {
        fpli_mem_fail_at(++nth);
        status = count_chain(model, &value);
        assert_true(status == FPL_OK || status == FPL_E_MEMORY);
    } while (status != FPL_OK);
    fpli_mem_fail_at(0);
    assert_int_equal(value, 14);
    assert_true(nth > 200);
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_fails_once),
        cmocka_unit_test(allocations_of_threads_fail_in_turn),
        cmocka_unit_test(allocations_of_counting_fail_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
