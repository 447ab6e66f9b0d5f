/* The rows of the roadmap. */
#include "output/doc_roadmap.h"

#include <fahrplan/results.h>

/* ---- rows for programs --------------------------------------------------------------------- */

fpl_value *fpli_level_list(const fpli_maker *maker, fpl_level_set set)
{
    fpl_value *list = fpl_value_list(maker->document);
    int level = fpl_model_level(maker->model);
    for (int v = 0; v < fpl_model_n_variants(maker->model, level); v++) {
        if (set >> v & 1)
            fpl_value_append(
                list, fpl_value_text(maker->document, fpli_variant_id(maker, level, v)));
    }
    return list;
}

fpl_value *fpli_row_setting(const fpli_maker *maker, const fpl_roadmap *roadmap,
                            const fpl_row *row)
{
    fpl_value *map = fpl_value_map(maker->document);
    const uint16_t *drivers = fpl_roadmap_drivers(roadmap);
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        fpl_value_set(map, fpli_descriptor_id(maker, drivers[i]),
                      fpl_value_text(maker->document, fpli_variant_id(maker, drivers[i],
                                                                      row->drivers[i])));
    return map;
}

/* {"L1": {"admissible": ["m01"], "waiting": [], "ultra_vires": ["m16"]}}: what some completion at the
 * level makes of its measures. */
static fpl_value *measure_map(const fpli_maker *maker, const fpl_row *row)
{
    static const char *const keys[] = {
        [FPL_ADMISSIBLE] = "admissible",
        [FPL_WAITING] = "waiting",
        [FPL_ULTRA_VIRES] = "ultra_vires",
    };
    fpl_document *document = maker->document;
    const fpl_content *content = fpl_model_content(maker->model);
    const int level = fpl_model_level(maker->model), n = content->measures.n;
    fpl_value *map = fpl_value_map(document);
    for (int k = 0; k < fpl_model_n_variants(maker->model, level); k++) {
        if (!(row->possible >> k & 1)) continue;
        fpl_value *own = fpl_value_map(document);
        for (int a = FPL_ADMISSIBLE; a >= FPL_ULTRA_VIRES; a--) {
            fpl_value *list = fpl_value_list(document);
            for (int m = 0; m < n; m++)
                if (row->admissions[k * n + m] >> a & 1)
                    fpl_value_append(
                        list, fpl_value_text(document, content->measures.items[m].id));
            fpl_value_set(own, keys[a], list);
        }
        fpl_value_set(map, fpli_variant_id(maker, level, k), own);
    }
    return map;
}

static void list_row(const fpli_maker *maker, fpl_table *table,
                     const fpl_roadmap *roadmap, const fpl_row *row)
{
    fpl_document *document = maker->document;
    const char *necessary = row->necessary < 0
                                ? NULL
                                : fpli_variant_id(maker, fpl_model_level(maker->model),
                                                  row->necessary);
    fpl_table_row(table);
    fpl_table_cell(table, fpli_row_setting(maker, roadmap, row));
    fpl_table_cell(table, fpli_level_list(maker, row->default_levels));
    fpl_table_cell(table, fpli_level_list(maker, row->possible));
    fpl_table_cell(table, necessary == NULL ? fpl_value_null(document)
                                            : fpl_value_text(document, necessary));
    fpl_table_cell(table, fpl_value_count(document, &row->completions));
    bool complete = row->stop == FPL_COMPLETE;
    fpl_table_cell(table, complete ? fpli_points_value(maker, row->tension)
                                   : fpl_value_null(document));
    fpl_table_cell(table, fpli_level_list(maker, row->nearest));
    fpl_table_cell(table, complete && row->shortfall >= 0
                              ? fpli_points_value(maker, row->shortfall)
                              : fpl_value_null(document));
    fpl_table_cell(table, fpl_value_int(document, (int64_t)row->default_cycle));
    fpl_table_cell(table, fpl_value_bool(document, complete));
    if (row->admissions != NULL) fpl_table_cell(table, measure_map(maker, row));
}

void fpli_list_rows(const fpli_maker *maker, fpl_section *section,
                    const fpl_roadmap *roadmap)
{
    static const char *const keys[] = {
        "drivers", "default", "possible",  "necessary",     "completions",
        "tension", "nearest", "shortfall", "default_cycle", "complete"};
    fpl_table *table = fpl_section_table(section, "rows", NULL);
    fpl_table_prefer(table);
    for (int i = 0; i < 10; i++)
        fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    if (fpl_roadmap_row(roadmap, 0)->admissions != NULL)
        fpl_table_column(table, "measures", NULL, FPL_COLUMN_HIDDEN);
    for (size_t r = 0; r < fpl_roadmap_n_rows(roadmap); r++)
        list_row(maker, table, roadmap, fpl_roadmap_row(roadmap, r));
}

/* ---- rows for people ----------------------------------------------------------------------- */

/* "1 2 · ·": each level at its own place. */
const char *fpli_level_marks(const fpli_maker *maker, fpl_level_set set)
{
    const char *marks = "";
    bool ascii = maker->words != NULL && maker->words->ascii;
    int n = fpl_model_n_variants(maker->model, fpl_model_level(maker->model));
    for (int v = 0; v < n; v++) {
        const char *mark = set >> v & 1 ? fpli_level_number(maker, v)
                           : ascii      ? "."
                                        : "\xC2\xB7";
        marks = fpli_textf(maker->document, "%s%s%s", marks, v > 0 ? " " : "", mark);
    }
    return marks;
}

/* "2", or "1 3" for a cycle. */
const char *fpli_level_numbers(const fpli_maker *maker, fpl_level_set set)
{
    const char *numbers = "";
    for (int v = 0; v < fpl_model_n_variants(maker->model, fpl_model_level(maker->model));
         v++) {
        if (set >> v & 1)
            numbers = fpli_textf(maker->document, "%s%s%s", numbers,
                                 *numbers == '\0' ? "" : "-",
                                 fpli_level_number(maker, v));
    }
    return numbers;
}

/* A cell, faint if the row is implausible. */
static void put(const fpli_maker *maker, fpl_table *table, const char *text, bool faint,
                fpl_tone tone)
{
    fpl_value *value = fpl_value_text(maker->document, text);
    fpl_table_cell(table, fpl_value_tone(value, faint ? FPL_TONE_FAINT : tone));
}

/* The tension of an implausible row stands in brackets. */
static void show_row(const fpli_maker *maker, fpl_table *table,
                     const fpl_roadmap *roadmap, const fpl_row *row, bool implausible,
                     bool necessary)
{
    fpl_document *document = maker->document;
    const uint16_t *drivers = fpl_roadmap_drivers(roadmap);
    fpl_table_row(table);
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        fpl_table_cell(table,
                       fpl_value_text(document, fpli_variant_words(maker, drivers[i],
                                                                   row->drivers[i])));
    put(maker, table, fpli_level_numbers(maker, row->default_levels), implausible,
        FPL_TONE_STRONG);
    put(maker, table, fpli_level_marks(maker, row->possible | row->nearest), implausible,
        row->nearest != 0 ? FPL_TONE_FAINT : FPL_TONE_PLAIN);
    if (necessary)
        put(maker, table,
            row->necessary < 0 ? "" : fpli_level_number(maker, row->necessary),
            implausible, FPL_TONE_STRONG);
    put(maker, table, fpli_count_words(document, maker->words, &row->completions),
        implausible, FPL_TONE_PLAIN);
    const char *tension = fpli_points(document, maker->words, row->tension,
                                      fpl_model_denominator(maker->model), false);
    if (row->stop != FPL_COMPLETE) tension = "?";
    put(maker, table, fpli_textf(document, implausible ? "[%s]" : "%s", tension),
        implausible, FPL_TONE_PLAIN);
}

static void add_columns(const fpli_maker *maker, fpl_table *table,
                        const fpl_roadmap *roadmap, bool necessary)
{
    const fpl_output_options *words = maker->words;
    const uint16_t *drivers = fpl_roadmap_drivers(roadmap);
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        fpl_table_column(table, NULL, fpli_descriptor_words(maker, drivers[i]),
                         FPL_COLUMN_JOIN | FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("default")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("possible")), FPL_COLUMN_PLAIN);
    if (necessary)
        fpl_table_column(table, NULL, fpli_tr(words, N_("necessary")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("completions")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("tension")), FPL_COLUMN_RIGHT);
}

void fpli_show_rows(const fpli_maker *maker, fpl_section *section,
                    const fpl_roadmap *roadmap, int64_t plausible)
{
    const fpl_output_options *words = maker->words;
    size_t n_rows = fpl_roadmap_n_rows(roadmap);
    bool brackets = false, necessary = false, cycles = false, empty = false;
    for (size_t r = 0; r < n_rows; r++) {
        const fpl_row *row = fpl_roadmap_row(roadmap, r);
        necessary = necessary || row->necessary >= 0;
        brackets = brackets || (row->stop == FPL_COMPLETE && row->tension > plausible);
        cycles = cycles || (row->default_levels & (row->default_levels - 1)) != 0;
        empty = empty || (row->stop == FPL_COMPLETE && row->shortfall != 0);
    }
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    add_columns(maker, table, roadmap, necessary);
    for (size_t r = 0; r < n_rows; r++) {
        const fpl_row *row = fpl_roadmap_row(roadmap, r);
        bool implausible = row->stop == FPL_COMPLETE && row->tension > plausible;
        show_row(maker, table, roadmap, row, implausible, necessary);
    }
    if (!necessary)
        fpl_section_say(section, fpli_tr(words, N_("In no row is a level necessary.")));
    if (cycles)
        fpl_section_say(section,
                        fpli_tr(words, N_("Several default levels: succession ends in a "
                                          "cycle that visits them.")));
    if (empty)
        fpl_section_say(section,
                        fpli_tr(words, N_("0 completions: the levels are those of the "
                                          "scenarios with least tension.")));
    if (brackets)
        fpli_sayf(
            section,
            fpli_tr(words, N_("In brackets: tension beyond %s; such a row is hardly a "
                              "world by itself.")),
            fpli_points(maker->document, words, plausible,
                        fpl_model_denominator(maker->model), false));
}

void fpli_add_roadmap(const fpli_maker *maker, fpl_section *section,
                      const fpl_roadmap *roadmap, int64_t plausible)
{
    fpl_section_field(section, "start", NULL,
                      fpli_scenario_variants(maker, fpl_roadmap_start(roadmap)));
    fpli_list_rows(maker, section, roadmap);
    fpli_show_rows(maker, section, roadmap, plausible);
}
