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
#include <fahrplan/document.h>
#include <fahrplan/explain.h>
#include <fahrplan/landscape.h>
#include <fahrplan/lint.h>
#include <fahrplan/regime.h>
#include <fahrplan/roadmap.h>
#include <fahrplan/scenarios.h>
#include <fahrplan/solutions.h>
#include <fahrplan/system.h>
#include <fahrplan/tension.h>

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

/* "fahrplan-run": the main job. roadmap and verdicts are NULL if the model has no level. */
typedef struct fpl_run {
    const fpl_scenarios *scenarios; /* the consistent ones */
    const fpl_roadmap *roadmap;
    const fpl_gate_verdicts *verdicts; /* NULL: no gates are shown */
    int64_t plausible; /* rows of more tension are shown as implausible; 1/denominator */
} fpl_run;

FPL_API fpl_status fpl_result_run(const fpl_model *model, const fpl_run *run,
                                  const fpl_output_options *words,
                                  fpl_document **document, fpl_error *error);

#ifdef __cplusplus
}
#endif

#endif
