/* Levers: the minimal sets of one row with their witnesses, or a table of rows. */
#include "output/parts.h"

#include <fahrplan/results.h>

enum { WITNESSES_MOST = 6 };

/* ---- for programs -------------------------------------------------------------------------- */

static int max_size_of(const fpl_levers_view *view)
{
    return view->options->max_size == 0 ? 2 : view->options->max_size;
}

static fpl_value *controls_value(const fpli_maker *maker, const fpl_levers *levers)
{
    fpl_value *list = fpl_value_list(maker->document);
    for (int i = 0; i < fpl_levers_n_controls(levers); i++)
        fpl_value_append(
            list,
            fpl_value_text(maker->document,
                           fpli_descriptor_id(maker, fpl_levers_controls(levers)[i])));
    return list;
}

static void list_question(const fpli_maker *maker, fpl_section *root,
                          const fpl_levers_view *view)
{
    const fpl_lever_options *o = view->options;
    fpl_document *document = maker->document;
    const char *strength = fpl_strength_get(o->strength)->name;
    fpl_section_field(root, "goal", NULL, fpl_value_text(document, view->goal));
    fpl_section_field(root, "prevent", NULL, fpl_value_bool(document, o->prevent));
    fpl_section_field(root, "strength", NULL, fpl_value_text(document, strength));
    fpl_section_field(root, "self_consistent", NULL,
                      fpl_value_bool(document, o->self_consistent));
    fpl_section_field(root, "release", NULL, fpl_value_bool(document, o->release));
    fpl_section_field(root, "max_size", NULL, fpl_value_int(document, max_size_of(view)));
    fpl_section_field(root, "controllable", NULL,
                      controls_value(maker, view->rows[0].levers));
}

static void list_work(const fpli_maker *maker, fpl_section *root,
                      const fpl_levers_view *view)
{
    static const char *const keys[] = {"held", "n_levers", "candidates", "questions",
                                       "refuted"};
    fpl_document *document = maker->document;
    fpl_table *table = fpl_section_table(root, "rows", NULL);
    for (int i = 0; i < 5; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t r = 0; r < view->n_rows; r++) {
        const fpl_lever_row *row = &view->rows[r];
        const fpl_lever_work *work = fpl_levers_work(row->levers);
        fpl_table_row(table);
        fpl_table_cell(table, fpli_fixings(maker, row->row, row->n_row));
        fpl_table_cell(table,
                       fpl_value_int(document, (int64_t)fpl_levers_n(row->levers)));
        fpl_table_cell(table, fpl_value_int(document, (int64_t)work->candidates));
        fpl_table_cell(table, fpl_value_int(document, (int64_t)work->questions));
        fpl_table_cell(table, fpl_value_int(document, (int64_t)work->refuted));
    }
}

static fpl_value *tension_value(const fpli_maker *maker, int64_t tension)
{
    return tension < 0 ? fpl_value_null(maker->document)
                       : fpli_points_value(maker, tension);
}

static void list_lever(const fpli_maker *maker, fpl_table *table, size_t row,
                       const fpl_lever *lever, bool is_cheapest)
{
    fpl_document *document = maker->document;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_int(document, (int64_t)row));
    fpl_table_cell(table, fpli_fixings(maker, lever->set, lever->n));
    fpl_table_cell(table, fpl_value_int(document, lever->cost));
    fpl_table_cell(table, fpl_value_bool(document, is_cheapest));
    fpl_table_cell(table, tension_value(maker, lever->tension));
    fpl_table_cell(table, fpl_value_bool(document, lever->tension == 0));
    fpl_table_cell(table, fpl_value_count(document, &lever->completions));
    fpl_table_cell(table, fpl_value_count(document, &lever->reaching));
    fpl_table_cell(table, lever->witness == NULL
                              ? fpl_value_null(document)
                              : fpli_scenario_variants(maker, lever->witness));
    fpl_table_cell(table, fpl_value_int(document, (int64_t)lever->cycle));
}

/* key "levers": those found; "near": those that come nearest, with counterexamples. */
static void list_levers(const fpli_maker *maker, fpl_section *root,
                        const fpl_levers_view *view, const char *key, bool near)
{
    static const char *const keys[] = {
        "row",         "set",      "cost",    "cheapest", "tension", "self_consistent",
        "completions", "reaching", "witness", "cycle"};
    fpl_table *table = fpl_section_table(root, key, NULL);
    if (!near) fpl_table_prefer(table);
    for (int i = 0; i < 10; i++) {
        const bool is_set = i == 1;
        fpl_table_column(table, keys[i], NULL,
                         FPL_COLUMN_HIDDEN | (is_set ? FPL_COLUMN_WHOLE : 0));
    }
    for (size_t r = 0; r < view->n_rows; r++) {
        const fpl_levers *levers = view->rows[r].levers;
        const size_t n = near ? fpl_levers_n_near(levers) : fpl_levers_n(levers);
        for (size_t i = 0; i < n; i++) {
            const fpl_lever *lever = near ? fpl_levers_near(levers, i)
                                          : fpl_levers_get(levers, i);
            const bool is_cheapest = !near &&
                                     lever->cost == fpl_levers_get(levers, 0)->cost;
            list_lever(maker, table, r, lever, is_cheapest);
        }
    }
}

/* ---- for people ---------------------------------------------------------------------------- */

static const char *set_words(const fpli_maker *maker, const fpl_lever *lever)
{
    return lever->n == 0 ? fpli_tr(maker->words, N_("nothing: no lever is needed"))
                         : fpli_holding(maker, lever->set, lever->n, " + ");
}

static const char *goal_words(const fpli_maker *maker, const fpl_levers_view *view)
{
    return view->options->prevent
               ? fpli_textf(maker->document, fpli_tr(maker->words, N_("prevent %s")),
                            view->goal)
               : view->goal;
}

static void show_question(const fpli_maker *maker, fpl_section *root,
                          const fpl_levers_view *view)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    const fpl_strength_info *strength = fpl_strength_get(view->options->strength);
    const fpl_levers *levers = view->rows[0].levers;
    const char *controls = "";
    for (int i = 0; i < fpl_levers_n_controls(levers); i++)
        controls = fpli_textf(
            document, "%s%s%s", controls, i > 0 ? ", " : "",
            fpli_descriptor_words(maker, fpl_levers_controls(levers)[i]));
    fpl_section_field(root, NULL, fpli_tr(words, N_("Goal")),
                      fpl_value_text(document, goal_words(maker, view)));
    fpl_section_field(root, NULL, fpli_tr(words, N_("Asked")),
                      fpl_value_text(document, fpli_tr(words, strength->summary)));
    fpl_section_field(root, NULL, fpli_tr(words, N_("Controllable")),
                      fpl_value_text(document, controls));
    if (view->n_rows > 1) return;
    const fpl_lever_row *row = &view->rows[0];
    fpl_section_field(
        root, NULL, fpli_tr(words, N_("Held in any case")),
        fpl_value_text(document, row->n_row == 0
                                     ? fpli_tr(words, N_("nothing"))
                                     : fpli_holding(maker, row->row, row->n_row, ", ")));
}

static const char *tension_words(const fpli_maker *maker, int64_t tension)
{
    return tension < 0 ? "?"
                       : fpli_points(maker->document, maker->words, tension,
                                     fpl_model_denominator(maker->model), false);
}

static void show_sets(const fpli_maker *maker, fpl_section *root,
                      const fpl_levers *levers, bool near)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    const size_t n = near ? fpl_levers_n_near(levers) : fpl_levers_n(levers);
    fpl_section *section = fpl_section_add(root, NULL,
                                           near ? fpli_tr(words, N_("What comes nearest"))
                                                : fpli_tr(words, N_("Minimal sets")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, "", FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("hold")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("cost")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("own tension")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("reaching")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("of all")), FPL_COLUMN_RIGHT);
    for (size_t i = 0; i < n; i++) {
        const fpl_lever *lever = near ? fpl_levers_near(levers, i)
                                      : fpl_levers_get(levers, i);
        const char *cells[] = {fpli_textf(document, "%zu", i + 1),
                               set_words(maker, lever),
                               fpli_textf(document, "%lld", (long long)lever->cost),
                               tension_words(maker, lever->tension),
                               fpli_count_words(document, words, &lever->reaching),
                               fpli_count_words(document, words, &lever->completions)};
        fpl_table_row(table);
        for (int c = 0; c < 6; c++)
            fpl_table_cell(table, fpl_value_text(document, cells[c]));
    }
}

/* Where each of the first few leads, side by side. */
static void show_witnesses(const fpli_maker *maker, fpl_section *root,
                           const fpl_levers *levers, fpl_strength strength, bool near)
{
    const bool settles = strength >= FPL_STRENGTH_ATTAINED;
    const char *heading = near      ? N_("Counterexample")
                          : settles ? N_("Ends in")
                                    : N_("Witness");
    const uint16_t *shown[WITNESSES_MOST];
    size_t n = near ? fpl_levers_n_near(levers) : fpl_levers_n(levers), n_shown = 0;
    if (n > WITNESSES_MOST) n = WITNESSES_MOST;
    for (size_t i = 0; i < n; i++) {
        const fpl_lever *lever = near ? fpl_levers_near(levers, i)
                                      : fpl_levers_get(levers, i);
        if (lever->witness != NULL) shown[n_shown++] = lever->witness;
    }
    if (n_shown > 0) fpli_show_side_by_side(maker, root, heading, shown, n_shown);
}

static void show_none(const fpli_maker *maker, fpl_section *root,
                      const fpl_levers_view *view, const fpl_levers *levers)
{
    const fpl_output_options *words = maker->words;
    if (fpl_levers_stop(levers) != FPL_COMPLETE) return;
    fpli_sayf(root,
              fpli_tr(words, N_("There is no lever: no way to hold up to %d of the %d "
                                "controllable descriptors does it.")),
              max_size_of(view), fpl_levers_n_controls(levers));
    if (fpl_levers_n_near(levers) == 0) return;
    show_sets(maker, root, levers, true);
    show_witnesses(maker, root, levers, view->options->strength, true);
}

static void show_one(const fpli_maker *maker, fpl_section *root,
                     const fpl_levers_view *view)
{
    const fpl_levers *levers = view->rows[0].levers;
    if (fpl_levers_n(levers) == 0) {
        show_none(maker, root, view, levers);
        return;
    }
    show_sets(maker, root, levers, false);
    show_witnesses(maker, root, levers, view->options->strength, false);
}

const char *fpli_lever_sets(const fpli_maker *maker, const fpl_levers *levers, int most)
{
    const char *text = "";
    for (size_t i = 0; i < fpl_levers_n(levers); i++)
        text = fpli_textf(maker->document, "%s%s%s", text, i > 0 ? "; " : "",
                          set_words(maker, fpl_levers_get(levers, i)));
    if (fpl_levers_n(levers) > 0) return text;
    if (fpl_levers_stop(levers) != FPL_COMPLETE) return "?";
    return fpli_textf(maker->document, fpli_tr(maker->words, N_("none of up to %d")),
                      most);
}

static void show_rows(const fpli_maker *maker, fpl_section *root,
                      const fpl_levers_view *view)
{
    fpl_document *document = maker->document;
    const fpl_lever_row *first = &view->rows[0];
    fpl_table *table = fpl_section_table(root, NULL, NULL);
    for (int i = 0; i < first->n_row; i++)
        fpl_table_column(table, NULL,
                         fpli_descriptor_words(maker, first->row[i].descriptor),
                         FPL_COLUMN_JOIN);
    fpl_table_column(table, NULL, fpli_tr(maker->words, N_("minimal sets")),
                     FPL_COLUMN_WRAP);
    for (size_t r = 0; r < view->n_rows; r++) {
        const fpl_lever_row *row = &view->rows[r];
        fpl_table_row(table);
        for (int i = 0; i < row->n_row; i++) {
            const fpl_fixing f = row->row[i];
            const char *name = fpli_variant_words(maker, f.descriptor, f.variant);
            fpl_table_cell(table, fpl_value_text(document, name));
        }
        fpl_table_cell(table,
                       fpl_value_text(document, fpli_lever_sets(maker, row->levers,
                                                                max_size_of(view))));
    }
}

fpl_status fpl_result_levers(const fpl_model *model, const fpl_levers_view *view,
                             const fpl_output_options *words, fpl_document **document,
                             fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-levers", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    for (size_t r = 0; r < view->n_rows; r++)
        if (fpl_levers_stop(view->rows[r].levers) != FPL_COMPLETE)
            fpli_stopped(&maker, fpl_levers_stop(view->rows[r].levers));
    list_question(&maker, root, view);
    list_work(&maker, root, view);
    list_levers(&maker, root, view, "levers", false);
    list_levers(&maker, root, view, "near", true);
    show_question(&maker, root, view);
    if (view->n_rows == 1)
        show_one(&maker, root, view);
    else
        show_rows(&maker, root, view);
    fpl_section_next(root, fpli_command(&maker, "tipping", ""),
                     fpli_tr(words, N_("How far the present is from tipping")));
    return fpli_finish(&maker, document, error);
}
