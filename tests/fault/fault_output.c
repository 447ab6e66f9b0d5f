/* Making and writing results while each allocation fails in turn: "no memory", and nothing leaks. */
#include "support/check.h"

#include "base/mem.h"

#include <fahrplan/io.h>
#include <fahrplan/results.h>
#include <fahrplan/vary.h>

static const char text[] =
    "fahrplan: 1\n"
    "title: A small world\n"
    "descriptors:\n"
    "  - {id: D, kind: driver, ordered: yes, variants: [{id: calm}, {id: crisis}]}\n"
    "  - {id: L, kind: choice, ordered: yes, variants: [{id: L1}, {id: L2}]}\n"
    "impacts:\n"
    "  - {from: D, to: L, scores: {calm: [2, -2], crisis: [-1, 1]}}\n"
    "  - {from: L, to: D, scores: {L1: [1, -1]}}\n"
    "level: L\n"
    "measures:\n"
    "  - {id: m1, level: L1, status: permitted}\n"
    "  - {id: m2, level: L2, status: covert, gate: D=crisis}\n"
    "gates:\n"
    "  - {id: g1, level: L2, kind: necessary, when: D=crisis}\n"
    "loops:\n"
    "  - {id: l1, name: There and back, sign: plus, cycle: [D, L]}\n"
    "roadmap: {drivers: [D], start: {D: calm, L: L1}}\n";

static fpl_status write_all(fpl_document *document)
{
    fpl_status status = FPL_OK;
    for (int output = 0; output < FPL_OUTPUT_END && status == FPL_OK; output++) {
        char *written = NULL;
        size_t size = 0;
        const fpl_output_options options = {.output = (fpl_output)output,
                                            .language = "de"};
        status = fpl_document_write(document, &options, &written, &size, NULL);
        fpl_string_free(written);
    }
    fpl_document_free(document);
    return status;
}

static fpl_status run_result(const fpl_model *model)
{
    fpl_scenarios *scenarios = NULL;
    fpl_roadmap *roadmap = NULL;
    fpl_gate_verdicts *verdicts = NULL;
    fpl_graph *graph = NULL;
    fpl_document *document = NULL;
    const fpl_limits limits = {.n_threads = 1};
    fpl_status status = fpl_scenarios_collect(model, NULL, &limits, &scenarios, NULL);
    if (status == FPL_OK)
        status = fpl_roadmap_compute(model, NULL, &limits, &roadmap, NULL);
    if (status == FPL_OK)
        status = fpl_gates_verify(model, roadmap, NULL, &limits, &verdicts, NULL);
    if (status == FPL_OK) status = fpl_graph_make(roadmap, NULL, &limits, &graph, NULL);
    if (status == FPL_OK) {
        const fpl_run run = {scenarios, roadmap, verdicts, graph, NULL, 0, 3};
        status = fpl_result_run(model, &run, NULL, &document, NULL);
    }
    if (status == FPL_OK) status = write_all(document);
    fpl_graph_free(graph);
    fpl_gate_verdicts_free(verdicts);
    fpl_roadmap_free(roadmap);
    fpl_scenarios_free(scenarios);
    return status;
}

static fpl_status other_results(const fpl_model *model)
{
    const uint16_t z[] = {0, 1};
    fpl_explanation *explanation = NULL;
    fpl_findings *findings = NULL;
    fpl_document *document = NULL;
    fpl_status status = fpl_explain_scenario(model, z, &explanation, NULL);
    if (status == FPL_OK)
        status = fpl_result_explanation(model, z, "z", false, explanation, NULL,
                                        &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    if (status == FPL_OK) status = fpl_model_lint(model, &findings, NULL);
    if (status == FPL_OK)
        status = fpl_result_findings(model, findings, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    fpl_findings_free(findings);
    fpl_explanation_free(explanation);
    return status;
}

static fpl_status system_results(const fpl_model *model)
{
    fpl_system *system = NULL;
    fpl_paths *paths = NULL;
    fpl_document *document = NULL;
    fpl_status status = fpl_system_compute(model, NULL, NULL, &system, NULL);
    for (int all = 0; all < 2 && status == FPL_OK; all++) {
        status = fpl_result_system(model, system, all != 0, NULL, &document, NULL);
        if (status == FPL_OK) status = write_all(document);
    }
    if (status == FPL_OK) status = fpl_paths_find(model, 0, 1, 0, NULL, &paths, NULL);
    if (status == FPL_OK) status = fpl_result_paths(model, paths, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    fpl_paths_free(paths);
    fpl_system_free(system);
    return status;
}

static fpl_status dynamic_results(const fpl_model *model)
{
    const uint16_t z[] = {0, 1};
    const fpl_limits limits = {.n_threads = 1};
    const fpl_dynamics dynamics = {.rule = FPL_SUCCESSION_GLOBAL};
    const fpl_basin_options options = {.dynamics = dynamics};
    const fpl_trace_setting setting = {"z", &dynamics, NULL, 0};
    fpl_basins *basins = NULL;
    fpl_trace *trace = NULL;
    fpl_reach *reach = NULL;
    fpl_scenarios *scenarios = NULL;
    fpl_landscape *landscape = NULL;
    const fpl_landscape_options changes = {.max_changes = 2};
    fpl_document *document = NULL;
    fpl_status status = fpl_basins_compute(model, &options, &limits, &basins, NULL);
    if (status == FPL_OK)
        status = fpl_result_basins(model, &options, basins, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    if (status == FPL_OK)
        status = fpl_trace_compute(model, &dynamics, NULL, 0, z, NULL, &trace, NULL);
    if (status == FPL_OK)
        status = fpl_result_trace(model, &setting, trace, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    if (status == FPL_OK)
        status = fpl_reach_compute(model, &dynamics, NULL, 0, z, NULL, &reach, NULL);
    if (status == FPL_OK)
        status = fpl_result_reach(model, &setting, reach, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    if (status == FPL_OK)
        status = fpl_scenarios_collect(model, NULL, &limits, &scenarios, NULL);
    if (status == FPL_OK)
        status = fpl_landscape_compute(model, scenarios, &changes, &limits, &landscape,
                                       NULL);
    const fpl_landscape_view view = {scenarios, &changes, landscape, NULL, 0, false};
    if (status == FPL_OK)
        status = fpl_result_landscape(model, &view, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    fpl_landscape_free(landscape);
    fpl_scenarios_free(scenarios);
    fpl_basins_free(basins);
    fpl_trace_free(trace);
    fpl_reach_free(reach);
    return status;
}

static fpl_status lever_results(const fpl_model *model)
{
    const uint16_t z[] = {0, 1};
    const bool both[] = {true, true};
    const fpl_limits limits = {.n_threads = 1};
    const fpl_state_options state_options = {0};
    fpl_formula *goal = NULL;
    fpl_levers *levers = NULL;
    fpl_roadmap *roadmap = NULL;
    fpl_driver_tipping drivers = {0};
    fpl_state_tipping *states = NULL;
    fpl_judgement_tippings *judgements = NULL;
    fpl_scenarios *scenarios = NULL;
    fpl_document *document = NULL;
    fpl_status status = fpl_formula_parse(model, "true", &goal, NULL);
    const fpl_lever_options options = {.goal = goal, .controllable = both, .max_size = 1};
    if (status == FPL_OK)
        status = fpl_levers_compute(model, &options, &limits, &levers, NULL);
    const fpl_lever_row rows[] = {{NULL, 0, levers}, {NULL, 0, levers}};
    for (size_t n = 1; n <= 2 && status == FPL_OK; n++) {
        const fpl_levers_view view = {&options, "true", rows, n};
        status = fpl_result_levers(model, &view, NULL, &document, NULL);
        if (status == FPL_OK) status = write_all(document);
    }
    if (status == FPL_OK)
        status = fpl_roadmap_compute(model, NULL, &limits, &roadmap, NULL);
    if (status == FPL_OK)
        status = fpl_driver_tipping_find(model, roadmap, z, -1, &drivers, NULL);
    if (status == FPL_OK)
        status = fpl_state_tipping_find(model, z, &state_options, &limits, &states, NULL);
    if (status == FPL_OK)
        status = fpl_judgement_tipping_find(model, z, &judgements, NULL);
    if (status == FPL_OK)
        status = fpl_scenarios_collect(model, NULL, &limits, &scenarios, NULL);
    const fpl_state_tipping *all_states[] = {states, states, states, states};
    const fpl_judgement_tippings *all[] = {judgements, judgements, judgements,
                                           judgements};
    const fpl_tipping_view view = {.z = z,
                                   .title = "z",
                                   .level = -1,
                                   .state_options = &state_options,
                                   .roadmap = roadmap,
                                   .drivers = &drivers,
                                   .states = states,
                                   .judgements = judgements,
                                   .scenarios = scenarios,
                                   .all_states = all_states,
                                   .all_judgements = all};
    if (status == FPL_OK)
        status = fpl_result_tipping(model, &view, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    fpl_scenarios_free(scenarios);
    fpl_judgement_tippings_free(judgements);
    fpl_state_tipping_free(states);
    fpl_driver_tipping_clear(&drivers);
    fpl_roadmap_free(roadmap);
    fpl_levers_free(levers);
    fpl_formula_free(goal);
    return status;
}

static fpl_status compared_results(const fpl_model *model)
{
    const fpl_setting_of_score settings[] = {{0, 0, 1, 0, {-2, 0}},
                                             {1, 0, 0, 0, {-1, 0}}};
    const fpl_variation variation = {.scores = {settings, 2}};
    const fpl_limits limits = {.n_threads = 1};
    fpl_model *changed = NULL;
    fpl_difference *difference = NULL;
    fpl_comparison *comparison = NULL;
    fpl_document *document = NULL;
    fpl_status status = fpl_model_vary(model, &variation, &changed, NULL, NULL);
    if (status == FPL_OK) status = fpl_models_diff(model, changed, &difference, NULL);
    if (status == FPL_OK)
        status = fpl_compare(model, changed, NULL, &limits, &comparison, NULL);
    const fpl_comparison_view view = {
        .models = {model, changed}, .difference = difference, .comparison = comparison};
    if (status == FPL_OK) status = fpl_result_diff(&view, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    if (status == FPL_OK) status = fpl_result_whatif(&view, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    fpl_comparison_free(comparison);
    fpl_difference_free(difference);
    fpl_model_free(changed);
    return status;
}

static void fail_each(const fpl_model *model, fpl_status (*make)(const fpl_model *))
{
    uint64_t nth = 0;
    fpl_status status;
    do {
        fpli_mem_fail_at(++nth);
        status = make(model);
        assert_true(status == FPL_OK || status == FPL_E_MEMORY);
    } while (status != FPL_OK);
    fpli_mem_fail_at(0);
    assert_true(nth > 20);
}

static void each_allocation_fails_once(void **state)
{
    (void)state;
    fpl_model *model = NULL;
    fpl_error error = {0};
    const fpl_load_options options = {.format = FPL_FORMAT_YAML};
    if (fpl_model_read(text, sizeof text - 1, "world", &options, &model, &error) !=
        FPL_OK) {
        printf("%d: %s\n", error.mark.line, error.message);
        fail();
    }
    fail_each(model, run_result);
    fail_each(model, other_results);
    fail_each(model, system_results);
    fail_each(model, dynamic_results);
    fail_each(model, lever_results);
    fail_each(model, compared_results);
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
