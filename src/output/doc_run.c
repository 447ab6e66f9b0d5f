/* The main job: what the model holds, its consistent scenarios, the ladder, the roadmap, the gates,
 * and what to look at next. */
#include "output/doc_roadmap.h"

#include <fahrplan/results.h>

/* Where the model's start stands among the scenarios, counted from 1; 0 if it is none of them. */
static size_t find_start(const fpli_maker *maker, const fpl_scenarios *scenarios)
{
    for (size_t s = 0; s < fpl_scenarios_n(scenarios); s++) {
        if (fpli_is_start(maker, fpl_scenarios_get(scenarios, s))) return s + 1;
    }
    return 0;
}

static fpl_stop worst_stop(const fpl_run *run)
{
    fpl_stop stop = fpl_scenarios_outcome(run->scenarios)->stop;
    if (stop != FPL_COMPLETE || run->roadmap == NULL) return stop;
    stop = fpl_roadmap_stop(run->roadmap);
    if (run->verdicts == NULL) return stop;
    for (int g = 0; g < fpl_gate_verdicts_n(run->verdicts) && stop == FPL_COMPLETE; g++)
        stop = fpl_gate_verdicts_get(run->verdicts, g)->stop;
    return stop;
}

static void add_scenarios(const fpli_maker *maker, fpl_section *root, const fpl_run *run)
{
    const fpl_output_options *words = maker->words;
    size_t n = fpl_scenarios_n(run->scenarios);
    const char *heading = fpli_counted(maker->document, words, n,
                                       N_("%s consistent scenario"),
                                       N_("%s consistent scenarios"));
    fpl_section *section = fpl_section_add(root, NULL, heading);
    fpl_section_field(
        section, "count", NULL,
        fpl_value_text(maker->document, fpli_textf(maker->document, "%zu", n)));
    fpli_add_scenarios(maker, section, run->scenarios, NULL);
    size_t start = find_start(maker, run->scenarios);
    if (start > 0)
        fpli_sayf(
            section,
            fpli_tr(words, N_("Scenario %zu is the start that the model states: the "
                              "present.")),
            start);
}

static void add_ladder(const fpli_maker *maker, fpl_section *root)
{
    const char *name = fpli_descriptor_words(maker, fpl_model_level(maker->model));
    const char *heading = fpli_textf(maker->document,
                                     fpli_tr(maker->words, N_("Ladder: %s")), name);
    fpli_add_ladder(maker, fpl_section_add(root, "ladder", heading));
}

static void add_roadmap(const fpli_maker *maker, fpl_section *root, const fpl_run *run)
{
    const fpl_output_options *words = maker->words;
    fpl_section *section = fpl_section_add(
        root, "roadmap", fpli_tr(words, N_("Roadmap: which level, in which row")));
    fpli_add_roadmap(maker, section, run->roadmap, run->plausible);
    fpl_section_next(
        section, fpli_command(maker, "roadmap", ""),
        fpli_tr(words, N_("The same as a decision table and a decision tree")));
}

static void add_gates(const fpli_maker *maker, fpl_section *root, const fpl_run *run)
{
    const fpl_output_options *words = maker->words;
    const char *heading = fpli_tr(words, N_("Gates, tested in all rows"));
    if (run->verdicts == NULL || fpl_gate_verdicts_n(run->verdicts) == 0) return;
    const fpl_gate_options *options = fpl_gate_verdicts_options(run->verdicts);
    if (options->use_max_tension)
        heading = fpli_textf(maker->document,
                             fpli_tr(words, N_("Gates, tested in rows up to tension %s")),
                             fpli_points(maker->document, words, options->max_tension,
                                         fpl_model_denominator(maker->model), false));
    fpl_section *section = fpl_section_add(root, "gates", heading);
    fpli_add_gates(maker, section, run->roadmap, run->verdicts);
    fpl_section_next(
        section, fpli_command(maker, "gates", ""),
        fpli_tr(words, N_("What opens each level and measure, stated or not")));
}

static void add_present(const fpli_maker *maker, fpl_section *root, const fpl_run *run)
{
    const fpl_output_options *words = maker->words;
    if (run->graph == NULL) return;
    fpli_add_present(maker, root, run->roadmap, run->graph);
    fpl_section_next(root, fpli_command(maker, "path", ""),
                     fpli_tr(words, N_("Chains of events, and what cannot be undone")));
}

static void add_levers(const fpli_maker *maker, fpl_section *root, const fpl_run *run)
{
    const fpl_output_options *words = maker->words;
    if (run->n_goals == 0) return;
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_tr(words, N_("Levers: what would settle the level while the drivers stay")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("goal")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("minimal sets of levers")),
                     FPL_COLUMN_WRAP);
    for (int g = 0; g < run->n_goals; g++) {
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_text(maker->document, run->goals[g].goal));
        fpl_table_cell(table,
                       fpl_value_text(maker->document,
                                      fpli_lever_sets(maker, run->goals[g].levers, 2)));
    }
    fpl_section_next(
        root,
        fpli_command(maker, "levers",
                     fpli_textf(maker->document, "--goal \"%s\"", run->goals[0].goal)),
        fpli_tr(words, N_("Levers in other rows, with costs and witnesses")));
    fpl_section_next(root, fpli_command(maker, "tipping", ""),
                     fpli_tr(words, N_("How far the present is from tipping")));
}

static void add_next(const fpli_maker *maker, fpl_section *root, const fpl_run *run)
{
    const fpl_output_options *words = maker->words;
    size_t start = find_start(maker, run->scenarios), shown = start > 0 ? start : 1;
    if (fpl_scenarios_n(run->scenarios) > 0)
        fpl_section_next(
            root,
            fpli_command(maker, "explain",
                         fpli_textf(maker->document, "--scenario %zu", shown)),
            fpli_textf(maker->document, fpli_tr(words, N_("Why scenario %zu holds")),
                       shown));
    else
        fpl_section_next(root, fpli_command(maker, "scenarios", "--near 1"),
                         fpli_tr(words, N_("Which scenarios nearly hold")));
    fpl_section_next(root, fpli_command(maker, "check", ""),
                     fpli_tr(words, N_("What a careful colleague would remark")));
}

fpl_status fpl_result_run(const fpl_model *model, const fpl_run *run,
                          const fpl_output_options *words, fpl_document **document,
                          fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-run", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    const char *title = fpl_text_in(&fpl_model_content(model)->title,
                                    fpli_language(words));
    fpli_stopped(&maker, worst_stop(run));
    fpli_add_model(&maker, fpl_section_add(root, "model", *title == '\0' ? NULL : title));
    add_scenarios(&maker, root, run);
    if (run->roadmap != NULL) {
        add_ladder(&maker, root);
        add_roadmap(&maker, root, run);
        add_gates(&maker, root, run);
        add_present(&maker, root, run);
        add_levers(&maker, root, run);
    }
    add_next(&maker, root, run);
    return fpli_finish(&maker, document, error);
}
