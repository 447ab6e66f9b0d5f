/* Tipping distances: drivers, state, judgements; and the distances of all consistent scenarios. */
#include "output/parts.h"

#include <fahrplan/results.h>

/* ---- for programs -------------------------------------------------------------------------- */

static fpl_value *distance_value(const fpli_maker *maker, int64_t distance)
{
    return distance < 0 ? fpl_value_null(maker->document)
                        : fpl_value_int(maker->document, distance);
}

/* Points times price, exact. */
static fpl_value *cost_value(const fpli_maker *maker, int64_t cost)
{
    return cost < 0 ? fpl_value_null(maker->document) : fpli_points_value(maker, cost);
}

static fpl_value *levels_value(const fpli_maker *maker, fpl_level_set levels)
{
    const int level = fpl_model_level(maker->model);
    fpl_value *list = fpl_value_list(maker->document);
    for (int v = 0; v < fpl_model_n_variants(maker->model, level); v++)
        if (levels >> v & 1)
            fpl_value_append(
                list, fpl_value_text(maker->document, fpli_variant_id(maker, level, v)));
    return list;
}

static fpl_value *row_value(const fpli_maker *maker, const fpl_roadmap *roadmap,
                            size_t index)
{
    const fpl_row *row = fpl_roadmap_row(roadmap, index);
    fpl_value *map = fpl_value_map(maker->document);
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++) {
        const int d = fpl_roadmap_drivers(roadmap)[i];
        fpl_value_set(
            map, fpli_descriptor_id(maker, d),
            fpl_value_text(maker->document, fpli_variant_id(maker, d, row->drivers[i])));
    }
    return map;
}

static void list_drivers(const fpli_maker *maker, fpl_section *root,
                         const fpl_tipping_view *view)
{
    fpl_section *section = fpl_section_add(root, "driver_tipping", NULL);
    const int level = fpl_model_level(maker->model);
    if (view->roadmap == NULL) return;
    fpl_section_field(section, "level", NULL,
                      view->level < 0
                          ? fpl_value_null(maker->document)
                          : fpl_value_text(maker->document,
                                           fpli_variant_id(maker, level, view->level)));
    fpl_section_field(section, "distance", NULL,
                      distance_value(maker, view->drivers->distance));
    fpl_section_field(section, "row", NULL,
                      row_value(maker, view->roadmap, view->drivers->from));
    fpl_table *table = fpl_section_table(section, "nearest", NULL);
    fpl_table_column(table, "row", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "default", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "possible", NULL, FPL_COLUMN_HIDDEN);
    for (size_t i = 0; i < view->drivers->n_rows; i++) {
        const size_t r = view->drivers->rows[i];
        const fpl_row *row = fpl_roadmap_row(view->roadmap, r);
        fpl_table_row(table);
        fpl_table_cell(table, row_value(maker, view->roadmap, r));
        fpl_table_cell(table, levels_value(maker, row->default_levels));
        fpl_table_cell(table, levels_value(maker, row->possible));
    }
}

static void list_states(const fpli_maker *maker, fpl_section *root,
                        const fpl_tipping_view *view)
{
    const fpl_state_tipping *t = view->states;
    const int distance = fpl_state_tipping_distance(t);
    const int most = view->state_options->max_changes == 0
                         ? 2
                         : view->state_options->max_changes;
    fpl_section *section = fpl_section_add(root, "state_tipping", NULL);
    fpl_section_field(section, "max_changes", NULL, fpl_value_int(maker->document, most));
    fpl_section_field(section, "distance", NULL, distance_value(maker, distance));
    fpl_table *table = fpl_section_table(section, "changes", NULL);
    fpl_table_column(table, "set", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "to", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "cycle", NULL, FPL_COLUMN_HIDDEN);
    for (size_t i = 0; i < fpl_state_tipping_n(t); i++) {
        const fpl_state_change *c = fpl_state_tipping_get(t, i);
        fpl_table_row(table);
        fpl_table_cell(table, fpli_fixings(maker, c->changes, distance));
        fpl_table_cell(table, fpli_scenario_index(maker, c->to));
        fpl_table_cell(table, fpl_value_int(maker->document, (int64_t)c->cycle));
    }
}

static fpl_value *text_or_null(const fpli_maker *maker, const char *text)
{
    return text == NULL ? fpl_value_null(maker->document)
                        : fpl_value_text(maker->document, text);
}

static fpl_value *cell_value(const fpli_maker *maker, const uint16_t *z,
                             const fpl_cell_change *cell)
{
    fpl_document *document = maker->document;
    const fpl_reason *reason = cell->reason;
    fpl_value *map = fpl_value_map(document);
    const char *why = reason == NULL
                          ? NULL
                          : fpl_text_in(&reason->why, fpli_language(maker->words));
    fpl_value_set(map, "from",
                  text_or_null(maker, fpli_descriptor_id(maker, cell->from)));
    fpl_value_set(map, "from_variant",
                  text_or_null(maker, fpli_variant_id(maker, cell->from, z[cell->from])));
    fpl_value_set(map, "to", text_or_null(maker, fpli_descriptor_id(maker, cell->to)));
    fpl_value_set(map, "to_variant",
                  text_or_null(maker, fpli_variant_id(maker, cell->to, cell->variant)));
    fpl_value_set(map, "before", fpli_points_value(maker, cell->before));
    fpl_value_set(map, "after", fpli_points_value(maker, cell->after));
    fpl_value_set(map, "price", fpl_value_int(document, cell->price));
    fpl_value_set(map, "reason", text_or_null(maker, why));
    fpl_value_set(map, "source",
                  text_or_null(maker, reason == NULL ? NULL : reason->source.id));
    fpl_value_set(map, "at", fpli_reason_places(maker, reason));
    fpl_value_set(map, "grade",
                  text_or_null(maker, reason == NULL ? NULL : reason->grade.id));
    return map;
}

static void list_judgements(const fpli_maker *maker, fpl_section *root,
                            const fpl_tipping_view *view)
{
    static const char *const keys[] = {"descriptor", "rival", "cost", "cells"};
    const fpl_judgement_tippings *t = view->judgements;
    fpl_section *section = fpl_section_add(root, "judgement_tipping", NULL);
    fpl_section_field(section, "mends", NULL,
                      fpl_value_bool(maker->document, fpl_judgement_tippings_mends(t)));
    fpl_section_field(section, "cost", NULL,
                      cost_value(maker, fpl_judgement_tippings_cost(t)));
    fpl_table *table = fpl_section_table(section, "descriptors", NULL);
    for (int i = 0; i < 4; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int i = 0; i < fpl_judgement_tippings_n(t); i++) {
        const fpl_judgement_tipping *item = fpl_judgement_tippings_get(t, i);
        const int d = item->descriptor;
        fpl_value *cells = fpl_value_list(maker->document);
        for (int c = 0; c < item->n_cells; c++)
            fpl_value_append(cells, cell_value(maker, view->z, &item->cells[c]));
        fpl_table_row(table);
        fpl_table_cell(table, text_or_null(maker, fpli_descriptor_id(maker, d)));
        fpl_table_cell(table,
                       text_or_null(maker, item->rival < 0
                                               ? NULL
                                               : fpli_variant_id(maker, d, item->rival)));
        fpl_table_cell(table, cost_value(maker, item->cost));
        fpl_table_cell(table, cells);
    }
}

/* ---- for people ---------------------------------------------------------------------------- */

static const char *cost_words(const fpli_maker *maker, int64_t cost)
{
    return cost < 0 ? "-"
                    : fpli_points(maker->document, maker->words, cost,
                                  fpl_model_denominator(maker->model), false);
}

static const char *level_words(const fpli_maker *maker, fpl_level_set levels)
{
    const char *text = "";
    for (int v = 0; v < fpl_model_n_variants(maker->model, fpl_model_level(maker->model));
         v++)
        if (levels >> v & 1)
            text = fpli_textf(maker->document, "%s%s%s", text, *text == '\0' ? "" : " ",
                              fpli_level_number(maker, v));
    return text;
}

/* "Borders calm > strained; Region ...": the drivers that differ. */
static const char *moves_words(const fpli_maker *maker, const fpl_roadmap *roadmap,
                               const fpl_row *from, const fpl_row *to)
{
    const char *text = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++) {
        const int d = fpl_roadmap_drivers(roadmap)[i];
        if (from->drivers[i] == to->drivers[i]) continue;
        text = fpli_textf(maker->document, "%s%s%s: %s > %s", text,
                          *text == '\0' ? "" : "; ", fpli_descriptor_words(maker, d),
                          fpli_variant_words(maker, d, from->drivers[i]),
                          fpli_variant_words(maker, d, to->drivers[i]));
    }
    return text;
}

static void say_no_row(const fpli_maker *maker, fpl_section *section, int level)
{
    const fpl_output_options *words = maker->words;
    if (level < 0)
        fpl_section_say(section, fpli_tr(words, N_("All rows have the same default.")));
    else
        fpli_sayf(section, fpli_tr(words, N_("Level %s is possible in no row.")),
                  fpli_level_number(maker, level));
}

static void show_drivers(const fpli_maker *maker, fpl_section *root,
                         const fpl_tipping_view *view)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    const fpl_driver_tipping *t = view->drivers;
    if (view->roadmap == NULL) return;
    fpl_section *section = fpl_section_add(root, NULL, fpli_tr(words, N_("Drivers")));
    const fpl_row *from = fpl_roadmap_row(view->roadmap, t->from);
    if (t->distance < 0) {
        say_no_row(maker, section, view->level);
        return;
    }
    if (t->distance == 0) {
        fpli_sayf(section, fpli_tr(words, N_("Level %s is possible in the present row.")),
                  fpli_level_number(maker, view->level));
        return;
    }
    if (view->level < 0)
        fpli_sayf(
            section,
            fpli_tr(words, N_("Fewest moves of drivers to a row with another default "
                              "than level %s: %d.")),
            level_words(maker, from->default_levels), t->distance);
    else
        fpli_sayf(section,
                  fpli_tr(words, N_("Fewest moves of drivers to a row where level %s is "
                                    "possible: %d.")),
                  fpli_level_number(maker, view->level), t->distance);
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("moves")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("default")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("possible")), FPL_COLUMN_PLAIN);
    for (size_t i = 0; i < t->n_rows; i++) {
        const fpl_row *to = fpl_roadmap_row(view->roadmap, t->rows[i]);
        const char *moves = moves_words(maker, view->roadmap, from, to);
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_text(document, moves));
        fpl_table_cell(table,
                       fpl_value_text(document, level_words(maker, to->default_levels)));
        fpl_table_cell(table, fpl_value_text(document, level_words(maker, to->possible)));
    }
}

static bool is_same(const fpli_maker *maker, const uint16_t *a, const uint16_t *b)
{
    return fpl_distance(maker->model, a, b, false) == 0;
}

static const char *where_words(const fpli_maker *maker, const fpl_tipping_view *view,
                               const fpl_state_change *change)
{
    if (change->cycle > 1)
        return fpli_textf(maker->document, fpli_tr(maker->words, N_("cycle of %zu")),
                          change->cycle);
    for (size_t s = 0; s < fpl_scenarios_n(view->scenarios); s++)
        if (is_same(maker, change->to, fpl_scenarios_get(view->scenarios, s)))
            return fpli_textf(maker->document, "%zu", s + 1);
    return fpli_tr(maker->words, N_("elsewhere"));
}

static void show_states(const fpli_maker *maker, fpl_section *root,
                        const fpl_tipping_view *view)
{
    const fpl_output_options *words = maker->words;
    const fpl_state_tipping *t = view->states;
    const int distance = fpl_state_tipping_distance(t);
    const int most = view->state_options->max_changes == 0
                         ? 2
                         : view->state_options->max_changes;
    fpl_section *section = fpl_section_add(root, NULL, fpli_tr(words, N_("State")));
    if (distance < 0) {
        if (fpl_state_tipping_stop(t) == FPL_COMPLETE)
            fpli_sayf(section,
                      fpli_tr(words, N_("No change of up to %d descriptors at once leads "
                                        "succession elsewhere.")),
                      most);
        return;
    }
    fpli_sayf(section,
              fpli_tr(words, N_("Fewest descriptors to change at once so that succession "
                                "leads elsewhere: %d.")),
              distance);
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("to scenario")),
                     FPL_COLUMN_RIGHT | FPL_COLUMN_JOIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("by")), FPL_COLUMN_WRAP);
    for (size_t i = 0; i < fpl_state_tipping_n(t); i++) {
        const fpl_state_change *c = fpl_state_tipping_get(t, i);
        const char *change = fpli_holding(maker, c->changes, distance, " + ");
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, where_words(maker, view, c)));
        fpl_table_cell(table, fpl_value_text(maker->document, change));
    }
}

static void show_cells(const fpli_maker *maker, fpl_section *section, const uint16_t *z,
                       const fpl_judgement_tipping *item)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("judgement")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("from")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("to")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("price")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("reason given")), FPL_COLUMN_WRAP);
    for (int c = 0; c < item->n_cells; c++) {
        const fpl_cell_change *cell = &item->cells[c];
        const int denominator = fpl_model_denominator(maker->model);
        const char *texts[] = {
            fpli_textf(document, "%s %s > %s %s",
                       fpli_descriptor_words(maker, cell->from),
                       fpli_variant_words(maker, cell->from, z[cell->from]),
                       fpli_descriptor_words(maker, cell->to),
                       fpli_variant_words(maker, cell->to, cell->variant)),
            fpli_points(document, words, cell->before, denominator, true),
            fpli_points(document, words, cell->after, denominator, true),
            fpli_textf(document, "%d", cell->price),
            fpli_reason_words(maker, cell->reason)};
        fpl_table_row(table);
        for (int i = 0; i < 5; i++)
            fpl_table_cell(table, fpl_value_text(document, texts[i]));
    }
}

static const char *rival_words(const fpli_maker *maker, const fpl_judgement_tipping *item)
{
    const int d = item->descriptor;
    if (item->rival < 0) return fpli_descriptor_words(maker, d);
    return fpli_textf(maker->document, "%s %s", fpli_descriptor_words(maker, d),
                      fpli_variant_words(maker, d, item->rival));
}

/* One line for each descriptor: what overtakes, or is mended, at what cost. */
static void show_costs(const fpli_maker *maker, fpl_section *section,
                       const fpl_judgement_tippings *t)
{
    const fpl_output_options *words = maker->words;
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("cost")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL,
                     fpl_judgement_tippings_mends(t) ? fpli_tr(words, N_("mends"))
                                                     : fpli_tr(words, N_("overtakes")),
                     FPL_COLUMN_WRAP);
    for (int i = 0; i < fpl_judgement_tippings_n(t); i++) {
        const fpl_judgement_tipping *item = fpl_judgement_tippings_get(t, i);
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, cost_words(maker, item->cost)));
        fpl_table_cell(table, fpl_value_text(maker->document, rival_words(maker, item)));
    }
}

static void show_judgements(const fpli_maker *maker, fpl_section *root,
                            const fpl_tipping_view *view)
{
    const fpl_output_options *words = maker->words;
    const fpl_judgement_tippings *t = view->judgements;
    const int64_t cost = fpl_judgement_tippings_cost(t);
    const bool mends = fpl_judgement_tippings_mends(t);
    fpl_section *section = fpl_section_add(root, NULL, fpli_tr(words, N_("Judgements")));
    if (cost < 0) {
        fpl_section_say(
            section,
            mends ? fpli_tr(words, N_("No change of judgements makes it consistent."))
                  : fpli_tr(words, N_("No change of judgements overturns it.")));
        return;
    }
    fpli_sayf(
        section,
        mends
            ? fpli_tr(words, N_("It is not consistent. Cheapest change of judgements "
                                "that makes it so: %s."))
            : fpli_tr(words, N_("Cheapest change of judgements that overturns it: %s.")),
        cost_words(maker, cost));
    for (int i = 0; i < fpl_judgement_tippings_n(t) && (mends || i == 0); i++)
        show_cells(maker, section, view->z, fpl_judgement_tippings_get(t, i));
    show_costs(maker, section, t);
}

/* ---- all scenarios ------------------------------------------------------------------------- */

static void add_all(const fpli_maker *maker, fpl_section *root,
                    const fpl_tipping_view *view)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    const bool with_states = view->all_states != NULL;
    const char *heading = fpli_tr(words, N_("All consistent scenarios"));
    if (fpl_scenarios_n(view->scenarios) == 0) return;
    fpl_section *section = fpl_section_add(root, NULL, heading);
    fpl_table *table = fpl_section_table(section, "scenarios", NULL);
    fpl_table_prefer(table);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Scenario")),
                     FPL_COLUMN_RIGHT | FPL_COLUMN_PEOPLE);
    fpl_table_column(table, "index", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "judgements", fpli_tr(words, N_("judgements")),
                     FPL_COLUMN_RIGHT);
    fpl_table_column(table, "state", with_states ? fpli_tr(words, N_("state")) : NULL,
                     with_states ? FPL_COLUMN_RIGHT : FPL_COLUMN_HIDDEN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("what overtakes first")),
                     FPL_COLUMN_WRAP | FPL_COLUMN_PEOPLE);
    for (size_t s = 0; s < fpl_scenarios_n(view->scenarios); s++) {
        const fpl_judgement_tippings *t = view->all_judgements[s];
        const int64_t cost = fpl_judgement_tippings_cost(t);
        const int distance = with_states ? fpl_state_tipping_distance(view->all_states[s])
                                         : -1;
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(document, fpli_textf(document, "%zu", s + 1)));
        fpl_table_cell(table,
                       fpli_scenario_index(maker, fpl_scenarios_get(view->scenarios, s)));
        fpl_table_cell(table, fpl_value_word(document, cost_value(maker, cost),
                                             cost_words(maker, cost)));
        fpl_table_cell(
            table,
            fpl_value_word(document, distance_value(maker, distance),
                           distance < 0 ? "-" : fpli_textf(document, "%d", distance)));
        fpl_table_cell(
            table,
            fpl_value_text(
                document,
                cost < 0 ? "" : rival_words(maker, fpl_judgement_tippings_get(t, 0))));
    }
}

fpl_status fpl_result_tipping(const fpl_model *model, const fpl_tipping_view *view,
                              const fpl_output_options *words, fpl_document **document,
                              fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-tipping", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    fpli_stopped(&maker, view->stop);
    fpl_section_field(root, "index", NULL, fpli_scenario_index(&maker, view->z));
    fpl_section_field(root, "variants", NULL, fpli_scenario_variants(&maker, view->z));
    list_drivers(&maker, root, view);
    list_states(&maker, root, view);
    list_judgements(&maker, root, view);
    fpl_section_field(root, NULL, fpli_tr(words, N_("What may tip")),
                      fpl_value_text(maker.document, view->title));
    show_drivers(&maker, root, view);
    show_states(&maker, root, view);
    show_judgements(&maker, root, view);
    add_all(&maker, root, view);
    fpl_section_next(root, fpli_command(&maker, "explain", ""),
                     fpli_tr(words, N_("What speaks for and against each variant")));
    return fpli_finish(&maker, document, error);
}
