/* The result of the command roadmap: rows, one row in detail, the decision table, the tree. */
#include "output/doc_roadmap.h"

#include <fahrplan/results.h>

#include <string.h>

/* More rows, or lines of a tree, than anybody reads are not shown, only listed for programs. */
enum { ROWS_SHOWN = 100 };

static const char *const answer_kinds[] = {[FPL_BY_LEVELS] = "levels",
                                           [FPL_BY_DEFAULT] = "default",
                                           [FPL_BY_POSSIBLE] = "possible"};

/* ---- one row -------------------------------------------------------------------------------- */

/* "yes", "yes/gate": all that completions at a level make of a measure. */
static const char *fate_words(const fpli_maker *maker, unsigned seen)
{
    static const char *const names[] = {
        [FPL_ULTRA_VIRES] = N_("stance"),
        [FPL_WAITING] = N_("gate"),
        [FPL_ADMISSIBLE] = N_("yes"),
    };
    const char *text = "";
    for (int a = FPL_ADMISSIBLE; a >= FPL_ULTRA_VIRES; a--) {
        if (!(seen >> a & 1)) continue;
        text = fpli_textf(maker->document, "%s%s%s", text, *text == '\0' ? "" : "/",
                          fpli_tr(maker->words, names[a]));
    }
    return text;
}

static bool is_within_reach(const fpli_maker *maker, const fpl_row *row, int m)
{
    const int n = fpl_model_content(maker->model)->measures.n;
    const int n_levels = fpl_model_n_variants(maker->model,
                                              fpl_model_level(maker->model));
    for (int k = 0; k < n_levels; k++)
        if (row->admissions[k * n + m] & ~(1u << FPL_OUT_OF_REACH)) return true;
    return false;
}

/* One measure, by the levels that the row leaves possible. */
static void show_measure(const fpli_maker *maker, fpl_table *table, const fpl_row *row,
                         int m)
{
    fpl_document *document = maker->document;
    const fpl_content *content = fpl_model_content(maker->model);
    const int n_levels = fpl_model_n_variants(maker->model,
                                              fpl_model_level(maker->model));
    const char *name = fpl_text_in(&content->measures.items[m].name,
                                   fpli_language(maker->words));
    const fpl_legality legality = fpl_measure_status(maker->model, m);
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, fpli_legality_sign(maker, legality)));
    fpl_table_cell(table, fpl_value_text(document, name));
    for (int k = 0; k < n_levels; k++) {
        if (!(row->possible >> k & 1)) continue;
        const unsigned seen = row->admissions[k * content->measures.n + m];
        const bool sure = (seen & ~1u) == 1u << FPL_ADMISSIBLE;
        fpl_table_cell(table,
                       fpl_value_tone(fpl_value_text(document, fate_words(maker, seen)),
                                      sure ? FPL_TONE_GOOD : FPL_TONE_FAINT));
    }
}

/* What each level of the row would open. */
static void show_detail(const fpli_maker *maker, fpl_section *root,
                        const fpl_roadmap *roadmap, const fpl_row *row)
{
    const fpl_output_options *words = maker->words;
    const char *where = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        where = fpli_textf(
            maker->document, "%s%s%s", where, i > 0 ? ", " : "",
            fpli_variant_words(maker, fpl_roadmap_drivers(roadmap)[i], row->drivers[i]));
    fpl_section *section = fpl_section_add(
        root, NULL,
        fpli_textf(maker->document, fpli_tr(words, N_("Measures in the row %s")), where));
    if (row->admissions == NULL || fpl_model_content(maker->model)->measures.n == 0) {
        fpl_section_say(section, fpli_tr(words, N_("The model states no measures.")));
        return;
    }
    if (row->possible == 0) {
        fpl_section_say(section, fpli_tr(words, N_("The row has no completions.")));
        return;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, "", FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Measure")), FPL_COLUMN_WRAP);
    for (int k = 0; k < fpl_model_n_variants(maker->model, fpl_model_level(maker->model));
         k++)
        if (row->possible >> k & 1)
            fpl_table_column(table, NULL,
                             fpli_textf(maker->document, fpli_tr(words, N_("at %s")),
                                        fpli_level_number(maker, k)),
                             FPL_COLUMN_PLAIN);
    for (int m = 0; m < fpl_model_content(maker->model)->measures.n; m++)
        if (is_within_reach(maker, row, m)) show_measure(maker, table, row, m);
    fpl_section_say(
        section,
        fpli_tr(words, N_("yes: admissible; gate: waits at its gate; stance: the "
                          "level allows it, the stance does not. Several: it "
                          "depends on the completion.")));
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void add_settings(const fpli_maker *maker, fpl_section *root,
                         const fpl_roadmap_view *view)
{
    fpl_document *document = maker->document;
    const fpl_answer_options *options = fpl_answers_options(view->answers);
    fpl_value *drivers = fpl_value_list(document);
    for (int i = 0; i < fpl_roadmap_n_drivers(view->roadmap); i++)
        fpl_value_append(
            drivers,
            fpl_value_text(document, fpli_descriptor_id(
                                         maker, fpl_roadmap_drivers(view->roadmap)[i])));
    fpl_section_field(root, "over", NULL, drivers);
    fpl_section_field(
        root, "rule", NULL,
        fpl_value_text(document, fpl_succession_get(view->dynamics->rule)->name));
    fpl_section_field(root, "remember", NULL,
                      fpl_value_bool(document, view->dynamics->memory));
    fpl_section_field(root, "start", NULL,
                      fpli_scenario_variants(maker, fpl_roadmap_start(view->roadmap)));
    fpl_section_field(root, "by", NULL,
                      fpl_value_text(document, answer_kinds[options->by]));
    fpl_section_field(root, "max_tension", NULL,
                      options->use_max_tension
                          ? fpli_points_value(maker, options->max_tension)
                          : fpl_value_null(document));
}

static void add_rows(const fpli_maker *maker, fpl_section *root,
                     const fpl_roadmap_view *view)
{
    const fpl_output_options *words = maker->words;
    const size_t n = fpl_roadmap_n_rows(view->roadmap);
    fpli_list_rows(maker, root, view->roadmap);
    fpl_section *section = fpl_section_add(root, NULL,
                                           fpli_counted(maker->document, words, n,
                                                        N_("Roadmap: %s row"),
                                                        N_("Roadmap: %s rows")));
    if (n <= ROWS_SHOWN)
        fpli_show_rows(maker, section, view->roadmap, view->plausible);
    else
        fpl_section_say(
            section, fpli_tr(words, N_("More rows than are shown here; below they stand "
                                       "merged, and --format csv writes them all.")));
}

static void add_table(const fpli_maker *maker, fpl_section *root,
                      const fpl_roadmap_view *view)
{
    const fpl_output_options *words = maker->words;
    const size_t n = fpl_decision_table_n(view->table);
    const char *heading = fpli_counted(maker->document, words, n,
                                       N_("Decision table: the same in %s line"),
                                       N_("Decision table: the same in %s lines"));
    fpl_section *section = fpl_section_add(root, "table", heading);
    fpli_add_decision_table(maker, section, view->roadmap, view->answers, view->table);
}

static void add_tree(const fpli_maker *maker, fpl_section *root,
                     const fpl_roadmap_view *view)
{
    const char *heading = fpli_counted(
        maker->document, maker->words, fpl_decision_tree_n_questions(view->tree),
        N_("Decision tree: %s question"), N_("Decision tree: %s questions"));
    fpl_section *section = fpl_section_add(root, "tree", heading);
    fpli_add_decision_tree(maker, section, view->roadmap, view->answers, view->tree);
}

fpl_status fpl_result_roadmap(const fpl_model *model, const fpl_roadmap_view *view,
                              const fpl_output_options *words, fpl_document **document,
                              fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-roadmap", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    fpli_stopped(&maker, fpl_roadmap_stop(view->roadmap));
    add_settings(&maker, root, view);
    if (view->detail != NULL) show_detail(&maker, root, view->roadmap, view->detail);
    add_rows(&maker, root, view);
    add_table(&maker, root, view);
    add_tree(&maker, root, view);
    fpl_section_next(root, fpli_command(&maker, "gates", ""),
                     fpli_tr(words, N_("What opens each level")));
    return fpli_finish(&maker, document, error);
}
