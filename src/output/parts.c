/* Parts that several results share. */
#include "output/parts.h"

#include "base/status.h"

#include <stdio.h>
#include <string.h>

fpl_status fpli_begin(fpli_maker *maker, const char *kind, const fpl_model *model,
                      const fpl_output_options *words, fpl_error *error)
{
    maker->model = model;
    maker->words = words;
    maker->document = NULL;
    return fpl_document_new(kind, &maker->document, error);
}

fpl_status fpli_finish(fpli_maker *maker, fpl_document **document, fpl_error *error)
{
    fpl_status status = fpl_document_status(maker->document);
    if (status != FPL_OK) {
        fpl_document_free(maker->document);
        return fpli_fail(error, status, "%s",
                         fpli_translated(error, fpl_status_text(status)));
    }
    *document = maker->document;
    return FPL_OK;
}

void fpli_stopped(const fpli_maker *maker, fpl_stop stop)
{
    static const char *const sentences[] = {
        [FPL_COMPLETE] = "",
        [FPL_STOPPED_TIME] = N_("the time limit passed; this is what was known by then"),
        [FPL_STOPPED_CAP] = N_("the limit on results was reached; there may be more"),
        [FPL_STOPPED_CANCELLED] = N_("interrupted; this is what was known by then"),
        [FPL_STOPPED_VISITOR] = N_("ended before all was seen; there may be more"),
    };
    if (stop == FPL_COMPLETE) return;
    fpl_document_stopped(maker->document, stop, fpli_tr(maker->words, sentences[stop]));
}

/* ---- names --------------------------------------------------------------------------------- */

static const fpl_descriptor *descriptor_of(const fpli_maker *maker, int descriptor)
{
    return &fpl_model_content(maker->model)->descriptors.items[descriptor];
}

const char *fpli_descriptor_words(const fpli_maker *maker, int descriptor)
{
    const char *language = fpli_language(maker->words);
    const char *name = fpl_text_in(&descriptor_of(maker, descriptor)->short_name,
                                   language);
    return *name != '\0' ? name
                         : fpl_model_descriptor_name(maker->model, descriptor, language);
}

const char *fpli_variant_words(const fpli_maker *maker, int descriptor, int variant)
{
    return fpl_model_variant_short_name(maker->model, descriptor, variant,
                                        fpli_language(maker->words));
}

const char *fpli_descriptor_id(const fpli_maker *maker, int descriptor)
{
    return descriptor_of(maker, descriptor)->id;
}

const char *fpli_variant_id(const fpli_maker *maker, int descriptor, int variant)
{
    return descriptor_of(maker, descriptor)->variants.items[variant].id;
}

const char *fpli_level_number(const fpli_maker *maker, int level)
{
    return fpli_textf(maker->document, "%d", level + 1);
}

/* Quotes for the shell, if the name needs them. */
const char *fpli_settings(const fpli_maker *maker, const uint16_t *z)
{
    const char *text = "";
    uint16_t start[FPL_DESCRIPTORS_MAX];
    const bool stated = fpl_model_start(maker->model, start);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        if (stated && z[d] == start[d]) continue;
        text = fpli_textf(maker->document, "%s%s%s=%s", text, *text == '\0' ? "" : ",",
                          fpli_descriptor_id(maker, d), fpli_variant_id(maker, d, z[d]));
    }
    return text;
}

const char *fpli_command(const fpli_maker *maker, const char *command, const char *rest)
{
    const char *file = fpl_model_file(maker->model);
    const char *plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
    if (*file == '\0') file = "MODEL";
    const char *quote = strspn(file, plain) == strlen(file) ? "" : "'";
    return fpli_textf(maker->document, "fahrplan %s %s%s%s%s%s", command, quote, file,
                      quote, *rest != '\0' ? " " : "", rest);
}

bool fpli_is_start(const fpli_maker *maker, const uint16_t *z)
{
    size_t n = (size_t)fpl_model_n_descriptors(maker->model);
    uint16_t *start = fpli_new(n, sizeof *start);
    if (start == NULL) {
        maker->document->status = FPL_E_MEMORY;
        return false;
    }
    bool same = fpl_model_start(maker->model, start) &&
                memcmp(start, z, n * sizeof *z) == 0;
    fpli_free(start);
    return same;
}

/* ---- scenarios ----------------------------------------------------------------------------- */

fpl_value *fpli_scenario_index(const fpli_maker *maker, const uint16_t *z)
{
    fpl_value *list = fpl_value_list(maker->document);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++)
        fpl_value_append(list, fpl_value_int(maker->document, z[d]));
    return list;
}

fpl_value *fpli_scenario_variants(const fpli_maker *maker, const uint16_t *z)
{
    fpl_value *map = fpl_value_map(maker->document);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++)
        fpl_value_set(map, fpli_descriptor_id(maker, d),
                      fpl_value_text(maker->document, fpli_variant_id(maker, d, z[d])));
    return map;
}

fpl_value *fpli_points_value(const fpli_maker *maker, int64_t points)
{
    if (points == FPL_INFINITE) return fpl_value_null(maker->document);
    return fpl_value_fraction(maker->document, points,
                              fpl_model_denominator(maker->model));
}

/* The figures of one scenario, and the own tension of what the query holds (M2.7). */
typedef struct scenario_line {
    fpl_figures figures;
    int64_t own_tension;
} scenario_line;

static scenario_line *compute_lines(const fpl_model *model,
                                    const fpl_scenarios *scenarios,
                                    const fpl_query *query)
{
    int n = fpl_model_n_descriptors(model);
    int32_t *balance = fpli_new((size_t)fpl_model_offset(model, n), sizeof *balance);
    int32_t *consistency = fpli_new((size_t)n, sizeof *consistency);
    scenario_line *lines = fpli_new(fpl_scenarios_n(scenarios), sizeof *lines);
    bool fine = balance != NULL && consistency != NULL && lines != NULL;
    for (size_t s = 0; fine && s < fpl_scenarios_n(scenarios); s++) {
        fpl_consistency(model, fpl_scenarios_get(scenarios, s), balance, consistency,
                        &lines[s].figures);
        for (int i = 0; query != NULL && i < query->n_fixed; i++) {
            int32_t c = consistency[query->fixed[i].descriptor];
            lines[s].own_tension += c < 0 ? -(int64_t)c : 0;
        }
    }
    fpli_free(balance);
    fpli_free(consistency);
    if (!fine) fpli_free(lines);
    return fine ? lines : NULL;
}

static bool holds(const fpl_query *query)
{
    return query != NULL && query->reading == FPL_DO && query->n_fixed > 0;
}

static void add_listing(const fpli_maker *maker, fpl_section *section,
                        const fpl_scenarios *scenarios, const scenario_line *lines,
                        const fpl_query *query)
{
    static const char *const keys[] = {"index",         "variants",      "consistency",
                                       "inconsistency", "total_tension", "tis",
                                       "own_tension"};
    fpl_table *table = fpl_section_table(section, "scenarios", NULL);
    for (int i = 0; i < (holds(query) ? 7 : 6); i++)
        fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t s = 0; s < fpl_scenarios_n(scenarios); s++) {
        const uint16_t *z = fpl_scenarios_get(scenarios, s);
        const fpl_figures *figures = &lines[s].figures;
        fpl_table_row(table);
        fpl_table_cell(table, fpli_scenario_index(maker, z));
        fpl_table_cell(table, fpli_scenario_variants(maker, z));
        fpl_table_cell(table, fpli_points_value(maker, figures->consistency));
        fpl_table_cell(table, fpli_points_value(maker, figures->inconsistency));
        fpl_table_cell(table, fpli_points_value(maker, figures->total_tension));
        fpl_table_cell(table, fpli_points_value(maker, figures->tis));
        if (holds(query))
            fpl_table_cell(table, fpli_points_value(maker, lines[s].own_tension));
    }
}

/* The figures of scenarios as rows at the foot of the tableau. */
typedef int64_t (*figure)(const scenario_line *line);

static int64_t consistency_of(const scenario_line *line)
{
    return line->figures.consistency;
}

static int64_t inconsistency_of(const scenario_line *line)
{
    return line->figures.inconsistency;
}

static int64_t tension_of(const scenario_line *line)
{
    return line->figures.total_tension;
}

static int64_t own_tension_of(const scenario_line *line)
{
    return line->own_tension;
}

static int64_t tis_of(const scenario_line *line)
{
    return line->figures.tis;
}

static void add_figure(const fpli_maker *maker, fpl_table *table, size_t n,
                       const scenario_line *lines, const char *label, figure get)
{
    fpl_table_row(table);
    fpl_value *head = fpl_value_text(maker->document, fpli_tr(maker->words, label));
    fpl_table_cell(table, fpl_value_tone(head, FPL_TONE_FAINT));
    for (size_t s = 0; s < n; s++) {
        fpl_value *value = fpli_points_value(maker, get(&lines[s]));
        fpl_table_cell(table, fpl_value_tone(value, FPL_TONE_FAINT));
    }
}

static void add_figures(const fpli_maker *maker, fpl_table *table, size_t n,
                        const scenario_line *lines, const fpl_query *query)
{
    bool tolerant = query != NULL && (query->use_total || query->max_inconsistency > 0);
    if (!holds(query) || tolerant)
        add_figure(maker, table, n, lines, N_("Consistency"), consistency_of);
    if (tolerant) {
        add_figure(maker, table, n, lines, N_("Inconsistency"), inconsistency_of);
        add_figure(maker, table, n, lines, N_("Total tension"), tension_of);
    }
    if (holds(query))
        add_figure(maker, table, n, lines, N_("Own tension"), own_tension_of);
    add_figure(maker, table, n, lines, N_("Total impact"), tis_of);
}

fpl_table *fpli_tableau(const fpli_maker *maker, fpl_section *section,
                        const char *heading, size_t n)
{
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(maker->words, heading), FPL_COLUMN_WRAP);
    for (size_t s = 0; s < n; s++)
        fpl_table_column(table, NULL, fpli_textf(maker->document, "%zu", s + 1),
                         FPL_COLUMN_SPAN);
    return table;
}

static void add_tableau(const fpli_maker *maker, fpl_section *section,
                        const fpl_scenarios *scenarios, const scenario_line *lines,
                        const fpl_query *query)
{
    size_t n = fpl_scenarios_n(scenarios);
    if (n == 0) return;
    fpl_table *table = fpli_tableau(maker, section, N_("Scenario"), n);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, fpli_descriptor_words(maker, d)));
        for (size_t s = 0; s < n; s++) {
            int variant = fpl_scenarios_get(scenarios, s)[d];
            const char *name = fpli_variant_words(maker, d, variant);
            fpl_value *cell = fpl_value_text(maker->document, name);
            if (d == fpl_model_level(maker->model)) fpl_value_tone(cell, FPL_TONE_STRONG);
            fpl_table_cell(table, cell);
        }
    }
    add_figures(maker, table, n, lines, query);
}

void fpli_add_scenarios(const fpli_maker *maker, fpl_section *section,
                        const fpl_scenarios *scenarios, const fpl_query *query)
{
    scenario_line *lines = compute_lines(maker->model, scenarios, query);
    if (lines == NULL) {
        maker->document->status = FPL_E_MEMORY;
        return;
    }
    add_listing(maker, section, scenarios, lines, query);
    add_tableau(maker, section, scenarios, lines, query);
    fpli_free(lines);
}

fpl_value *fpli_fixings(const fpli_maker *maker, const fpl_fixing *fixed, int n)
{
    fpl_value *map = fpl_value_map(maker->document);
    for (int i = 0; i < n; i++)
        fpl_value_set(
            map, fpli_descriptor_id(maker, fixed[i].descriptor),
            fpl_value_text(maker->document, fpli_variant_id(maker, fixed[i].descriptor,
                                                            fixed[i].variant)));
    return map;
}

const char *fpli_holding(const fpli_maker *maker, const fpl_fixing *fixed, int n,
                         const char *between)
{
    const char *text = "";
    for (int i = 0; i < n; i++)
        text = fpli_textf(
            maker->document, "%s%s%s %s", text, i > 0 ? between : "",
            fpli_descriptor_words(maker, fixed[i].descriptor),
            fpli_variant_words(maker, fixed[i].descriptor, fixed[i].variant));
    return text;
}

void fpli_show_side_by_side(const fpli_maker *maker, fpl_section *section,
                            const char *heading, const uint16_t *const *scenarios,
                            size_t n)
{
    fpl_table *table = fpli_tableau(maker, section, heading, n);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, fpli_descriptor_words(maker, d)));
        for (size_t s = 0; s < n; s++) {
            const char *name = fpli_variant_words(maker, d, scenarios[s][d]);
            fpl_table_cell(table, fpl_value_text(maker->document, name));
        }
    }
}

/* ---- reasons ------------------------------------------------------------------------------- */

fpl_value *fpli_reason_places(const fpli_maker *maker, const fpl_reason *reason)
{
    fpl_value *list = fpl_value_list(maker->document);
    for (int i = 0; reason != NULL && i < reason->at.n; i++)
        fpl_value_append(list, fpl_value_text(maker->document, reason->at.items[i]));
    return list;
}

const char *fpli_reason_words(const fpli_maker *maker, const fpl_reason *reason)
{
    fpl_document *document = maker->document;
    if (reason == NULL) return fpli_tr(maker->words, N_("no reason given"));
    const char *where = reason->source.id == NULL ? "" : reason->source.id;
    for (int i = 0; i < reason->at.n; i++)
        where = fpli_textf(document, "%s%s%s", where,
                           i > 0            ? ", "
                           : *where != '\0' ? " "
                                            : "",
                           reason->at.items[i]);
    if (reason->grade.id != NULL) {
        const char *grade = fpli_grade_words(maker, reason->grade.id);
        where = fpli_textf(document, "%s%s%s", where, *where != '\0' ? "; " : "", grade);
    }
    const char *why = fpl_text_in(&reason->why, fpli_language(maker->words));
    if (*where == '\0') return why;
    return *why == '\0' ? where : fpli_textf(document, "%s (%s)", why, where);
}

/* ---- statuses ------------------------------------------------------------------------------ */

const char *fpli_legality_sign(const fpli_maker *maker, fpl_legality legality)
{
    static const char *const signs[][2] = {
        [FPL_LEGALITY_UNSTATED] = {" ", " "}, [FPL_PERMITTED] = {"\xE2\x97\x8F", "*"},
        [FPL_GREY] = {"\xE2\x97\x90", "o"},   [FPL_COVERT] = {"\xE2\x97\x8C", "~"},
        [FPL_OPEN] = {"\xE2\x9C\x95", "x"},
    };
    return signs[legality][maker->words != NULL && maker->words->ascii];
}

const char *fpli_legality_name(const fpli_maker *maker, fpl_legality legality)
{
    static const char *const names[] = {
        [FPL_LEGALITY_UNSTATED] = N_("unstated"),
        [FPL_PERMITTED] = N_("permitted"),
        [FPL_GREY] = N_("grey zone"),
        [FPL_COVERT] = N_("covert breach"),
        [FPL_OPEN] = N_("open breach"),
    };
    return fpli_tr(maker->words, names[legality]);
}
