/* Results as documents: one function a result. Each takes what was computed and the reader's
 * language (words: language, translate, ascii; NULL: English), and makes a document for all writers.
 * Programs add provenance and write it.
 *
 * The shapes for programs are in docs/formats.md, section 5; keys are added, never taken away.
 * Errors of all functions: FPL_E_MEMORY, FPL_E_OVERFLOW (counts beyond 128 bits without GMP). */
#ifndef FAHRPLAN_RESULTS_H
#define FAHRPLAN_RESULTS_H

#include <fahrplan/basins.h>
#include <fahrplan/compare.h>
#include <fahrplan/decision.h>
#include <fahrplan/document.h>
#include <fahrplan/explain.h>
#include <fahrplan/gates.h>
#include <fahrplan/graph.h>
#include <fahrplan/landscape.h>
#include <fahrplan/levers.h>
#include <fahrplan/lint.h>
#include <fahrplan/loops.h>
#include <fahrplan/regime.h>
#include <fahrplan/roadmap.h>
#include <fahrplan/scenarios.h>
#include <fahrplan/signposts.h>
#include <fahrplan/solutions.h>
#include <fahrplan/system.h>
#include <fahrplan/tension.h>
#include <fahrplan/tipping.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "fahrplan-version": what is linked and what this build can do. */
FPL_API fpl_status fpl_result_version(const fpl_output_options *words,
                                      fpl_document **document, fpl_error *error);

/* "fahrplan-model": what a model holds. */
FPL_API fpl_status fpl_result_model(const fpl_model *model,
                                    const fpl_output_options *words,
                                    fpl_document **document, fpl_error *error);

/* "fahrplan-count". */
FPL_API fpl_status fpl_result_count(const fpl_model *model, const fpl_query *query,
                                    const fpl_count *count, const fpl_outcome *outcome,
                                    const fpl_output_options *words,
                                    fpl_document **document, fpl_error *error);

/* "fahrplan-scenarios": for people a tableau, scenarios side by side. */
FPL_API fpl_status fpl_result_scenarios(const fpl_model *model, const fpl_query *query,
                                        const fpl_scenarios *scenarios,
                                        const fpl_output_options *words,
                                        fpl_document **document, fpl_error *error);

/* "fahrplan-explanation": balance sheets with the arguments for and against. z: the scenario; title:
 * which one it is, for people, NULL: none. hypothetical: the sheet of a variant put in for one
 * descriptor (fpl_explain_variant) rather than those of the scenario as it is. */
FPL_API fpl_status fpl_result_explanation(const fpl_model *model, const uint16_t *z,
                                          const char *title, bool hypothetical,
                                          const fpl_explanation *explanation,
                                          const fpl_output_options *words,
                                          fpl_document **document, fpl_error *error);

/* "fahrplan-rank": the distribution of total tension and, if z is not NULL, where z stands in it. */
FPL_API fpl_status fpl_result_rank(const fpl_model *model,
                                   const fpl_tension_distribution *distribution,
                                   const uint16_t *z, const char *title,
                                   const fpl_output_options *words,
                                   fpl_document **document, fpl_error *error);

/* "fahrplan-check": findings, each with its place. */
FPL_API fpl_status fpl_result_findings(const fpl_model *model,
                                       const fpl_findings *findings,
                                       const fpl_output_options *words,
                                       fpl_document **document, fpl_error *error);

/* "fahrplan-system": sums, grid, ranks, loops, components, dominated variants. all_loops: for people
 * the loops alone, all of them, and for CSV their table. */
FPL_API fpl_status fpl_result_system(const fpl_model *model, const fpl_system *system,
                                     bool all_loops, const fpl_output_options *words,
                                     fpl_document **document, fpl_error *error);

/* "fahrplan-paths": paths of influence from one descriptor to another. */
FPL_API fpl_status fpl_result_paths(const fpl_model *model, const fpl_paths *paths,
                                    const fpl_output_options *words,
                                    fpl_document **document, fpl_error *error);

/* How a trace or a reach came about: title says for people where it begins. */
typedef struct fpl_trace_setting {
    const char *title;
    const fpl_dynamics *dynamics;
    const fpl_fixing *held;
    int n_held;
} fpl_trace_setting;

/* "fahrplan-trace": what moved in each step, and why. */
FPL_API fpl_status fpl_result_trace(const fpl_model *model,
                                    const fpl_trace_setting *setting,
                                    const fpl_trace *trace,
                                    const fpl_output_options *words,
                                    fpl_document **document, fpl_error *error);

/* "fahrplan-reach": what all asynchronous orders can reach, and where they end. */
FPL_API fpl_status fpl_result_reach(const fpl_model *model,
                                    const fpl_trace_setting *setting,
                                    const fpl_reach *reach,
                                    const fpl_output_options *words,
                                    fpl_document **document, fpl_error *error);

/* "fahrplan-basins": attractors with their weights, the heaviest first. options as computed with. */
FPL_API fpl_status fpl_result_basins(const fpl_model *model,
                                     const fpl_basin_options *options,
                                     const fpl_basins *basins,
                                     const fpl_output_options *words,
                                     fpl_document **document, fpl_error *error);

/* "fahrplan-landscape": distances, frequency of variants, transitions, tipping. selection: k indices
 * of scenarios that differ most; NULL: not asked; exact: see fpl_scenarios_select. */
typedef struct fpl_landscape_view {
    const fpl_scenarios *scenarios;
    const fpl_landscape_options *options;
    const fpl_landscape *landscape;
    const size_t *selection;
    int n_selected;
    bool selection_exact;
} fpl_landscape_view;

FPL_API fpl_status fpl_result_landscape(const fpl_model *model,
                                        const fpl_landscape_view *view,
                                        const fpl_output_options *words,
                                        fpl_document **document, fpl_error *error);

/* "fahrplan-roadmap": rows, decision table and decision tree. detail: a row whose measures people see
 * first; NULL: none. */
typedef struct fpl_roadmap_view {
    const fpl_roadmap *roadmap;
    const fpl_dynamics *dynamics; /* as computed with */
    const fpl_answers *answers;
    const fpl_decision_table *table;
    const fpl_decision_tree *tree;
    const fpl_row *detail;
    int64_t plausible; /* rows of more tension are shown as implausible; 1/denominator */
} fpl_roadmap_view;

FPL_API fpl_status fpl_result_roadmap(const fpl_model *model,
                                      const fpl_roadmap_view *view,
                                      const fpl_output_options *words,
                                      fpl_document **document, fpl_error *error);

/* "fahrplan-gates": verdicts on the stated gates, and gates derived for some aims. */
typedef struct fpl_gates_view {
    const fpl_roadmap *roadmap;
    const fpl_gate_verdicts *verdicts;
    const fpl_gate_aim *aims;
    const fpl_derived_gates *const *derived; /* one an aim */
    int n_derived;
} fpl_gates_view;

FPL_API fpl_status fpl_result_gates(const fpl_model *model, const fpl_gates_view *view,
                                    const fpl_output_options *words,
                                    fpl_document **document, fpl_error *error);

/* "fahrplan-signposts": drivers to watch, and what reports tell of a goal. diagnoses NULL: there are no
 * scenarios. questions: people also see the signposts as questions. */
typedef struct fpl_signposts_view {
    const fpl_roadmap *roadmap;
    const fpl_watch_list *watch;
    const fpl_diagnoses *diagnoses;
    const char *goal; /* the formula as stated */
    double threshold;
    uint64_t n_scenarios;
    bool questions;
} fpl_signposts_view;

FPL_API fpl_status fpl_result_signposts(const fpl_model *model,
                                        const fpl_signposts_view *view,
                                        const fpl_output_options *words,
                                        fpl_document **document, fpl_error *error);

/* "fahrplan-path": the roadmap graph, and chains of moves. */
typedef struct fpl_path_view {
    const fpl_roadmap *roadmap;
    const fpl_dynamics *dynamics; /* of the graph */
    const fpl_graph *graph;
    const fpl_chains *chains; /* NULL: people see the present and what cannot be undone */
    const char *goal;         /* of the chains, as stated */
    const int *
        moves_to_level; /* if there are no chains: fewest moves to each level, -1: none */
} fpl_path_view;

FPL_API fpl_status fpl_result_path(const fpl_model *model, const fpl_path_view *view,
                                   const fpl_output_options *words,
                                   fpl_document **document, fpl_error *error);

/* "fahrplan-levers": the levers of one row or of several. options as computed with, but for the row;
 * goal: the formula as the user wrote it. */
typedef struct fpl_lever_row {
    const fpl_fixing *row; /* n_row fixings; none: nothing held */
    int n_row;
    const fpl_levers *levers;
} fpl_lever_row;

typedef struct fpl_levers_view {
    const fpl_lever_options *options;
    const char *goal;
    const fpl_lever_row *rows;
    size_t n_rows; /* 1: in full; more: a table of rows */
} fpl_levers_view;

FPL_API fpl_status fpl_result_levers(const fpl_model *model, const fpl_levers_view *view,
                                     const fpl_output_options *words,
                                     fpl_document **document, fpl_error *error);

/* "fahrplan-tipping": the three distances of a scenario, and those of all consistent scenarios. */
typedef struct fpl_tipping_view {
    const uint16_t *z;
    const char *title; /* how people call it */
    int level;         /* for which rows are looked; -1: another default */
    const fpl_state_options *state_options;
    const fpl_roadmap *roadmap; /* NULL: the model has no level */
    const fpl_driver_tipping *drivers;
    const fpl_state_tipping *states;
    const fpl_judgement_tippings *judgements;
    const fpl_scenarios *scenarios;
    const fpl_state_tipping *const
        *all_states; /* one for each scenario; NULL: not asked */
    const fpl_judgement_tippings *const *all_judgements;
    fpl_stop stop;
} fpl_tipping_view;

FPL_API fpl_status fpl_result_tipping(const fpl_model *model,
                                      const fpl_tipping_view *view,
                                      const fpl_output_options *words,
                                      fpl_document **document, fpl_error *error);

/* "fahrplan-loops": what feeds on itself. Without a level there is no roadmap, and what needs one is
 * NULL. lock not NULL: only where the scenarios end with these drivers set; ends: one each. */
typedef struct fpl_loops_view {
    const fpl_system *system;
    const fpl_traps *traps;
    int trap_size;
    const fpl_roadmap *roadmap;
    const fpl_claim_trials *trials;
    const fpl_hysteresis *hysteresis;
    bool use_max_tension; /* people see rows up to max_tension only */
    int64_t max_tension;
    const fpl_fixing *lock;
    int n_lock;
    const fpl_scenarios *scenarios;
    const fpl_attractor *ends;
} fpl_loops_view;

FPL_API fpl_status fpl_result_loops(const fpl_model *model, const fpl_loops_view *view,
                                    const fpl_output_options *words,
                                    fpl_document **document, fpl_error *error);

/* Two models side by side. comparison NULL: the model alone. held: as the comparison holds them. */
typedef struct fpl_comparison_view {
    const fpl_model *models[2];
    const fpl_difference *difference;
    const fpl_comparison *comparison;
    const fpl_fixing *held[2];
    int n_held[2];
} fpl_comparison_view;

/* "fahrplan-diff": what changed in the model, and which answers that changes; for CSV the changes. */
FPL_API fpl_status fpl_result_diff(const fpl_comparison_view *view,
                                   const fpl_output_options *words,
                                   fpl_document **document, fpl_error *error);

/* "fahrplan-whatif": the same with reasons for each answer that changed; for CSV the scenarios lost and
 * gained. The comparison is not NULL. */
FPL_API fpl_status fpl_result_whatif(const fpl_comparison_view *view,
                                     const fpl_output_options *words,
                                     fpl_document **document, fpl_error *error);

/* "fahrplan-solutions": how the rows of a solution file fit a model. */
FPL_API fpl_status fpl_result_solutions(const fpl_model *model,
                                        const fpl_solutions *solutions,
                                        const fpl_output_options *words,
                                        fpl_document **document, fpl_error *error);

/* What holds a goal in the present row: necessary levers, up to two at once. */
typedef struct fpl_run_goal {
    const char *goal; /* the formula */
    const fpl_levers *levers;
} fpl_run_goal;

/* "fahrplan-run": the main job. roadmap and verdicts are NULL if the model has no level. */
typedef struct fpl_run {
    const fpl_scenarios *scenarios; /* the consistent ones */
    const fpl_roadmap *roadmap;
    const fpl_gate_verdicts *verdicts; /* NULL: no gates are shown */
    const fpl_graph *graph;            /* NULL: people do not see what is one move away */
    const fpl_run_goal *goals;         /* n_goals, for people */
    int n_goals;
    int64_t plausible; /* rows of more tension are shown as implausible; 1/denominator */
} fpl_run;

FPL_API fpl_status fpl_result_run(const fpl_model *model, const fpl_run *run,
                                  const fpl_output_options *words,
                                  fpl_document **document, fpl_error *error);

#ifdef __cplusplus
}
#endif

#endif
