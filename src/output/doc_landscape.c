/* The future landscape: how far scenarios lie apart, and what moves one into another. */
#include "output/parts.h"

#include "base/mem.h"

#include <fahrplan/results.h>

enum { DISTANCES_MOST = 20 };

/* ---- for programs -------------------------------------------------------------------------- */

static fpl_value *changes_value(const fpli_maker *maker, const fpl_transition *t)
{
    return fpli_fixings(maker, t->changes, t->n_changes);
}

static void list_places(const fpli_maker *maker, fpl_section *section,
                        const fpl_landscape *landscape)
{
    fpl_document *document = maker->document;
    const size_t n = (size_t)fpl_model_n_descriptors(maker->model);
    fpl_table *table = fpl_section_table(section, "places", NULL);
    fpl_table_column(table, "kind", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "members", NULL, FPL_COLUMN_HIDDEN);
    for (size_t p = 0; p < fpl_landscape_n_places(landscape); p++) {
        const fpl_place place = fpl_landscape_place(landscape, p);
        fpl_value *members = fpl_value_list(document);
        for (size_t m = 0; m < place.length; m++)
            fpl_value_append(members, fpli_scenario_index(maker, place.members + m * n));
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(document, place.length == 1 ? "fixed" : "cycle"));
        fpl_table_cell(table, members);
    }
}

static void list_distances(const fpli_maker *maker, fpl_section *section,
                           const fpl_scenarios *scenarios, bool by_steps)
{
    fpl_value *all = fpl_value_list(maker->document);
    const size_t n = fpl_scenarios_n(scenarios);
    for (size_t i = 0; i < n; i++) {
        fpl_value *row = fpl_value_list(maker->document);
        for (size_t j = 0; j < n; j++)
            fpl_value_append(
                row,
                fpl_value_int(maker->document,
                              fpl_distance(maker->model, fpl_scenarios_get(scenarios, i),
                                           fpl_scenarios_get(scenarios, j), by_steps)));
        fpl_value_append(all, row);
    }
    fpl_section_field(section, by_steps ? "steps" : "distances", NULL, all);
}

static size_t count_variant(const fpl_scenarios *scenarios, int d, int v)
{
    size_t n = 0;
    for (size_t s = 0; s < fpl_scenarios_n(scenarios); s++)
        n += fpl_scenarios_get(scenarios, s)[d] == v;
    return n;
}

static void list_frequency(const fpli_maker *maker, fpl_section *section,
                           const fpl_scenarios *scenarios)
{
    fpl_value *all = fpl_value_map(maker->document);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        fpl_value *own = fpl_value_map(maker->document);
        for (int v = 0; v < fpl_model_n_variants(maker->model, d); v++)
            fpl_value_set(
                own, fpli_variant_id(maker, d, v),
                fpl_value_int(maker->document, (int64_t)count_variant(scenarios, d, v)));
        fpl_value_set(all, fpli_descriptor_id(maker, d), own);
    }
    fpl_section_field(section, "frequency", NULL, all);
}

static void list_transitions(const fpli_maker *maker, fpl_section *section,
                             const fpl_landscape *landscape)
{
    fpl_table *table = fpl_section_table(section, "transitions", NULL);
    fpl_table_prefer(table);
    fpl_table_column(table, "from", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "to", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "changes", NULL, FPL_COLUMN_HIDDEN | FPL_COLUMN_WHOLE);
    for (size_t i = 0; i < fpl_landscape_n_transitions(landscape); i++) {
        const fpl_transition *t = fpl_landscape_transition(landscape, i);
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_int(maker->document, (int64_t)t->from));
        fpl_table_cell(table, fpl_value_int(maker->document, (int64_t)t->to));
        fpl_table_cell(table, changes_value(maker, t));
    }
}

static void list_selection(const fpli_maker *maker, fpl_section *section,
                           const fpl_landscape_view *view)
{
    fpl_value *list = fpl_value_list(maker->document);
    if (view->selection == NULL) return;
    for (int i = 0; i < view->n_selected; i++)
        fpl_value_append(list,
                         fpl_value_int(maker->document, (int64_t)view->selection[i]));
    fpl_section_field(section, "selection", NULL, list);
    fpl_section_field(section, "selection_exact", NULL,
                      fpl_value_bool(maker->document, view->selection_exact));
}

/* ---- for people ---------------------------------------------------------------------------- */

static void show_distances(const fpli_maker *maker, fpl_section *parent,
                           const fpl_scenarios *scenarios)
{
    const fpl_output_options *words = maker->words;
    const size_t n = fpl_scenarios_n(scenarios);
    if (n < 2 || n > DISTANCES_MOST) return;
    fpl_section *section = fpl_section_add(
        parent, NULL,
        fpli_tr(words, N_("Distances: descriptors that differ, and in brackets steps")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Scenario")), FPL_COLUMN_RIGHT);
    for (size_t j = 0; j + 1 < n; j++)
        fpl_table_column(table, NULL, fpli_textf(maker->document, "%zu", j + 1),
                         FPL_COLUMN_RIGHT);
    for (size_t i = 1; i < n; i++) {
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_text(maker->document,
                                             fpli_textf(maker->document, "%zu", i + 1)));
        for (size_t j = 0; j + 1 < n; j++) {
            const uint16_t *a = fpl_scenarios_get(scenarios, i);
            const uint16_t *b = fpl_scenarios_get(scenarios, j);
            const int differ = fpl_distance(maker->model, a, b, false);
            const int steps = fpl_distance(maker->model, a, b, true);
            const char *text = steps == differ
                                   ? fpli_textf(maker->document, "%d", differ)
                                   : fpli_textf(maker->document, "%d(%d)", differ, steps);
            fpl_table_cell(table, fpl_value_text(maker->document, j < i ? text : ""));
        }
    }
}

static void show_frequency(const fpli_maker *maker, fpl_section *parent,
                           const fpl_scenarios *scenarios)
{
    const fpl_output_options *words = maker->words;
    fpl_section *section = fpl_section_add(
        parent, NULL, fpli_tr(words, N_("How often each variant occurs")));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Descriptor")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("in how many scenarios")),
                     FPL_COLUMN_WRAP);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        const char *text = "";
        for (int v = 0; v < fpl_model_n_variants(maker->model, d); v++)
            text = fpli_textf(maker->document, "%s%s%s %zu", text, v > 0 ? ", " : "",
                              fpli_variant_words(maker, d, v),
                              count_variant(scenarios, d, v));
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, fpli_descriptor_words(maker, d)));
        fpl_table_cell(table, fpl_value_text(maker->document, text));
    }
}

static const char *place_words(const fpli_maker *maker, const fpl_landscape *landscape,
                               size_t index)
{
    const fpl_place place = fpl_landscape_place(landscape, index);
    if (index < fpl_landscape_n_scenarios(landscape))
        return fpli_textf(maker->document, "%zu", index + 1);
    if (place.length == 1) return fpli_tr(maker->words, N_("elsewhere"));
    return fpli_textf(maker->document, fpli_tr(maker->words, N_("cycle of %zu")),
                      place.length);
}

static const char *change_words(const fpli_maker *maker, const fpl_transition *t)
{
    const char *text = "";
    for (int c = 0; c < t->n_changes; c++)
        text = fpli_textf(
            maker->document, "%s%s%s %s", text, c > 0 ? " + " : "",
            fpli_descriptor_words(maker, t->changes[c].descriptor),
            fpli_variant_words(maker, t->changes[c].descriptor, t->changes[c].variant));
    return text;
}

/* All changes that lead from one place to another, in one cell. */
static void show_transitions(const fpli_maker *maker, fpl_section *parent,
                             const fpl_landscape_view *view)
{
    const fpl_output_options *words = maker->words;
    const fpl_landscape *landscape = view->landscape;
    fpl_section *section = fpl_section_add(
        parent, NULL,
        view->options->hold
            ? fpli_tr(words, N_("What moves one future into another, if it is held"))
            : fpli_tr(words, N_("What moves one future into another")));
    const size_t n = fpl_landscape_n_transitions(landscape);
    bool *done = fpli_new(n, sizeof *done);
    if (done == NULL) {
        maker->document->status = FPL_E_MEMORY;
        return;
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("from")),
                     FPL_COLUMN_RIGHT | FPL_COLUMN_JOIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("to")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("by one of")), FPL_COLUMN_WRAP);
    for (size_t i = 0; i < n; i++) {
        const fpl_transition *first = fpl_landscape_transition(landscape, i);
        const char *text = "";
        for (size_t k = i; k < n && !done[i]; k++) {
            const fpl_transition *t = fpl_landscape_transition(landscape, k);
            if (t->from != first->from) break;
            if (t->to != first->to) continue;
            text = fpli_textf(maker->document, "%s%s%s", text, *text == '\0' ? "" : "; ",
                              change_words(maker, t));
            if (k > i) done[k] = true;
        }
        if (done[i]) continue;
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_text(maker->document,
                                             place_words(maker, landscape, first->from)));
        fpl_table_cell(table, fpl_value_text(maker->document,
                                             place_words(maker, landscape, first->to)));
        fpl_table_cell(table, fpl_value_text(maker->document, text));
    }
    fpli_free(done);
    for (size_t s = 0; s < fpl_landscape_n_scenarios(landscape); s++)
        if (fpl_landscape_tipping(landscape, s) == NULL)
            fpli_sayf(section,
                      fpli_tr(words, N_("No change of up to %d at once leaves scenario "
                                        "%zu.")),
                      view->options->max_changes == 0 ? 1 : view->options->max_changes,
                      s + 1);
}

static void show_selection(const fpli_maker *maker, fpl_section *section,
                           const fpl_landscape_view *view)
{
    const char *text = "";
    if (view->selection == NULL) return;
    for (int i = 0; i < view->n_selected; i++)
        text = fpli_textf(maker->document, "%s%s%zu", text, i > 0 ? ", " : "",
                          view->selection[i] + 1);
    fpli_sayf(section,
              view->selection_exact
                  ? fpli_tr(maker->words, N_("The scenarios that differ most: %s."))
                  : fpli_tr(maker->words,
                            N_("Scenarios that differ much (chosen one after the other, "
                               "there may be better sets): %s.")),
              text);
}

fpl_status fpl_result_landscape(const fpl_model *model, const fpl_landscape_view *view,
                                const fpl_output_options *words, fpl_document **document,
                                fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-landscape", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    const fpl_landscape_options *options = view->options;
    fpli_stopped(&maker, fpl_landscape_stop(view->landscape));
    fpl_section_field(
        root, "rule", NULL,
        fpl_value_text(maker.document, fpl_succession_get(options->dynamics.rule)->name));
    fpl_section_field(root, "remember", NULL,
                      fpl_value_bool(maker.document, options->dynamics.memory));
    fpl_section_field(root, "hold", NULL, fpl_value_bool(maker.document, options->hold));
    fpl_section_field(root, "max_changes", NULL,
                      fpl_value_int(maker.document, options->max_changes == 0
                                                        ? 1
                                                        : options->max_changes));
    fpli_add_scenarios(&maker, root, view->scenarios, NULL);
    list_places(&maker, root, view->landscape);
    list_distances(&maker, root, view->scenarios, false);
    list_distances(&maker, root, view->scenarios, true);
    list_frequency(&maker, root, view->scenarios);
    list_transitions(&maker, root, view->landscape);
    list_selection(&maker, root, view);
    show_distances(&maker, root, view->scenarios);
    show_selection(&maker, root, view);
    show_frequency(&maker, root, view->scenarios);
    show_transitions(&maker, root, view);
    fpl_section_next(root, fpli_command(&maker, "basins", ""),
                     fpli_tr(words, N_("Where all scenarios end")));
    return fpli_finish(&maker, document, error);
}
