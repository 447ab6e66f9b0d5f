/* Each allocation of the questions asked of a roadmap, and of their results, fails in turn. */
#include "support/check.h"

#include "base/mem.h"

#include <fahrplan.h>

static fpl_model *load_model(void)
{
    static const char text[] =
        "fahrplan: 1\n"
        "descriptors:\n"
        "  - {id: A, kind: driver, ordered: yes, variants: [{id: a}, {id: b}, {id: c}]}\n"
        "  - {id: B, kind: driver, variants: [{id: a}, {id: b}]}\n"
        "  - {id: S, kind: choice, ordered: yes, variants: [{id: s}, {id: t}]}\n"
        "  - {id: L, kind: choice, ordered: yes, variants: [{id: k}, {id: l}]}\n"
        "impacts:\n"
        "  - {from: A, to: L, scores: {a: [1, -1], c: [-2, 2]}}\n"
        "  - {from: B, to: L, scores: {b: [-1, 1]}}\n"
        "  - {from: L, to: S, scores: {l: [-1, 1]}}\n"
        "level: L\n"
        "stance: {descriptor: S, ceiling: {s: permitted, t: open}}\n"
        "measures:\n"
        "  - {id: m, level: l, status: grey, gate: \"B=b\"}\n"
        "gates:\n"
        "  - {id: g, level: l, kind: necessary, when: \"A=c\"}\n"
        "roadmap: {drivers: [A, B], start: {A: a, B: a, S: s, L: k}}\n"
        "claims:\n"
        "  - {id: c, name: It comes, claim: \"S=t\", fact: \"L=l\"}\n"
        "signposts:\n"
        "  - {id: s, about: A, likelihood: {a: 0.1, c: 0.9}, lead: 30d}\n";
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_read(text, sizeof text - 1, "small", NULL, &model, &error) != FPL_OK)
        fail_msg("%s", error.message);
    return model;
}

static fpl_status write_all(fpl_document *document)
{
    fpl_status status = FPL_OK;
    for (int output = 0; output < FPL_OUTPUT_END && status == FPL_OK; output++) {
        const fpl_output_options options = {.output = (fpl_output)output};
        char *text = NULL;
        size_t size = 0;
        status = fpl_document_write(document, &options, &text, &size, NULL);
        fpl_string_free(text);
    }
    fpl_document_free(document);
    return status;
}

static fpl_status merge(const fpl_model *model, const fpl_roadmap *roadmap,
                        const fpl_answers *answers)
{
    const fpl_dynamics dynamics = {0};
    fpl_decision_table *table = NULL;
    fpl_decision_tree *tree = NULL;
    fpl_document *document = NULL;
    fpl_status status = fpl_decision_table_make(answers, NULL, &table, NULL);
    if (status == FPL_OK)
        status = fpl_decision_tree_make(answers, FPL_ORDER_SMALLEST, &tree, NULL);
    const fpl_roadmap_view view = {.roadmap = roadmap,
                                   .dynamics = &dynamics,
                                   .answers = answers,
                                   .table = table,
                                   .tree = tree,
                                   .detail = fpl_roadmap_row(roadmap, 3),
                                   .plausible = 1};
    if (status == FPL_OK)
        status = fpl_result_roadmap(model, &view, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    fpl_decision_tree_free(tree);
    fpl_decision_table_free(table);
    return status;
}

static fpl_status open_gates(const fpl_model *model, const fpl_roadmap *roadmap)
{
    const fpl_limits limits = {.n_threads = 1};
    const fpl_gate_aim aims[] = {{.levels = 2, .measure = -1}, {.measure = 0}};
    fpl_derived_gates *derived[2] = {NULL};
    fpl_gate_verdicts *verdicts = NULL;
    fpl_document *document = NULL;
    fpl_status status = fpl_gates_verify(model, roadmap, NULL, &limits, &verdicts, NULL);
    for (int i = 0; i < 2 && status == FPL_OK; i++)
        status = fpl_gates_derive(roadmap, &aims[i], NULL, &derived[i], NULL);
    const fpl_gates_view view = {.roadmap = roadmap,
                                 .verdicts = verdicts,
                                 .aims = aims,
                                 .derived = (const fpl_derived_gates *const *)derived,
                                 .n_derived = 2};
    if (status == FPL_OK) status = fpl_result_gates(model, &view, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    for (int i = 0; i < 2; i++) fpl_derived_gates_free(derived[i]);
    fpl_gate_verdicts_free(verdicts);
    return status;
}

static fpl_status watch(const fpl_model *model, const fpl_roadmap *roadmap,
                        const fpl_answers *answers)
{
    const fpl_limits limits = {.n_threads = 1};
    fpl_watch_list *list = NULL;
    fpl_scenarios *scenarios = NULL;
    fpl_formula *goal = NULL;
    fpl_diagnoses *diagnoses = NULL;
    fpl_document *document = NULL;
    fpl_status status = fpl_watch_list_make(answers, &list, NULL);
    if (status == FPL_OK)
        status = fpl_scenarios_collect(model, NULL, &limits, &scenarios, NULL);
    if (status == FPL_OK) status = fpl_formula_parse(model, "L=l", &goal, NULL);
    if (status == FPL_OK)
        status = fpl_signposts_diagnose(model, scenarios, goal, 0.5, &diagnoses, NULL);
    const fpl_signposts_view view = {.roadmap = roadmap,
                                     .watch = list,
                                     .diagnoses = diagnoses,
                                     .goal = "L=l",
                                     .threshold = 0.5,
                                     .n_scenarios = 1,
                                     .questions = true};
    if (status == FPL_OK)
        status = fpl_result_signposts(model, &view, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    fpl_diagnoses_free(diagnoses);
    fpl_formula_free(goal);
    fpl_scenarios_free(scenarios);
    fpl_watch_list_free(list);
    return status;
}

static fpl_status travel(const fpl_model *model, const fpl_roadmap *roadmap)
{
    const fpl_limits limits = {.n_threads = 1};
    const fpl_graph_options options = {.all = true};
    const int moves[] = {0, 1};
    fpl_graph *graph = NULL;
    fpl_formula *goal = NULL;
    fpl_chains *chains = NULL;
    fpl_status status = fpl_graph_make(roadmap, &options, &limits, &graph, NULL);
    if (status == FPL_OK) status = fpl_formula_parse(model, "L=l", &goal, NULL);
    if (status == FPL_OK) status = fpl_chains_find(graph, goal, NULL, &chains, NULL);
    for (int with = 0; with < 2 && status == FPL_OK; with++) {
        fpl_document *document = NULL;
        const fpl_path_view view = {.roadmap = roadmap,
                                    .dynamics = &options.dynamics,
                                    .graph = graph,
                                    .chains = with ? chains : NULL,
                                    .goal = "L=l",
                                    .moves_to_level = moves};
        status = fpl_result_path(model, &view, NULL, &document, NULL);
        if (status == FPL_OK) status = write_all(document);
    }
    fpl_chains_free(chains);
    fpl_formula_free(goal);
    fpl_graph_free(graph);
    return status;
}

static fpl_status feed(const fpl_model *model, const fpl_roadmap *roadmap)
{
    const fpl_limits limits = {.n_threads = 1};
    fpl_system *system = NULL;
    fpl_traps *traps = NULL;
    fpl_claim_trials *trials = NULL;
    fpl_hysteresis *hysteresis = NULL;
    fpl_document *document = NULL;
    fpl_status status = fpl_system_compute(model, NULL, &limits, &system, NULL);
    if (status == FPL_OK) status = fpl_traps_find(model, 2, &limits, &traps, NULL);
    if (status == FPL_OK)
        status = fpl_claims_test(model, roadmap, NULL, &limits, &trials, NULL);
    if (status == FPL_OK)
        status = fpl_hysteresis_compute(roadmap, NULL, &limits, &hysteresis, NULL);
    const fpl_loops_view view = {.system = system,
                                 .traps = traps,
                                 .trap_size = 2,
                                 .roadmap = roadmap,
                                 .trials = trials,
                                 .hysteresis = hysteresis};
    if (status == FPL_OK) status = fpl_result_loops(model, &view, NULL, &document, NULL);
    if (status == FPL_OK) status = write_all(document);
    fpl_hysteresis_free(hysteresis);
    fpl_claim_trials_free(trials);
    fpl_traps_free(traps);
    fpl_system_free(system);
    return status;
}

static fpl_status ask_everything(const fpl_model *model)
{
    const fpl_limits limits = {.n_threads = 1};
    const fpl_roadmap_options options = {.measures = true};
    fpl_roadmap *roadmap = NULL;
    fpl_answers *answers = NULL;
    fpl_status status = fpl_roadmap_compute(model, &options, &limits, &roadmap, NULL);
    if (status == FPL_OK) status = fpl_answers_find(roadmap, NULL, &answers, NULL);
    if (status == FPL_OK) status = merge(model, roadmap, answers);
    if (status == FPL_OK) status = open_gates(model, roadmap);
    if (status == FPL_OK) status = watch(model, roadmap, answers);
    if (status == FPL_OK) status = travel(model, roadmap);
    if (status == FPL_OK) status = feed(model, roadmap);
    fpl_answers_free(answers);
    fpl_roadmap_free(roadmap);
    return status;
}

static void each_allocation_fails_once(void **state)
{
    (void)state;
    fpl_model *model = load_model();
    for (uint64_t nth = 1;; nth++) {
        fpli_mem_fail_at(nth);
        const fpl_status status = ask_everything(model);
        fpli_mem_fail_at(0);
        if (status == FPL_OK) {
            assert_true(nth > 100);
            break;
        }
        assert_int_equal(status, FPL_E_MEMORY);
    }
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
