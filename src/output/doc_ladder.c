/* The ladder: each level with its measures, their status by sign, and what they wait for. */
#include "output/parts.h"

static const char *id_of(const fpl_ref *ref)
{
    return ref->id == NULL ? "" : ref->id;
}

static void list_levels(const fpli_maker *maker, fpl_section *section, int level)
{
    fpl_table *table = fpl_section_table(section, "levels", NULL);
    fpl_table_column(table, "level", NULL, FPL_COLUMN_HIDDEN);
    fpl_table_column(table, "name", NULL, FPL_COLUMN_HIDDEN);
    for (int v = 0; v < fpl_model_n_variants(maker->model, level); v++) {
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, fpli_variant_id(maker, level, v)));
        const char *name = fpl_model_variant_name(maker->model, level, v,
                                                  fpli_language(maker->words));
        fpl_table_cell(table, fpl_value_text(maker->document, name));
    }
}

static const char *legality_word(fpl_legality legality)
{
    static const char *const words[] = {"", "permitted", "grey", "covert", "open"};
    return words[legality];
}

static const char *admission_word(fpl_admission admission)
{
    static const char *const words[] = {"out-of-reach", "ultra-vires", "waiting",
                                        "admissible"};
    return words[admission];
}

static fpl_value *text_or_null(const fpli_maker *maker, const char *text)
{
    return text == NULL || *text == '\0' ? fpl_value_null(maker->document)
                                         : fpl_value_text(maker->document, text);
}

static void list_measure(const fpli_maker *maker, fpl_table *table, int index,
                         const uint16_t *start)
{
    const fpl_content *content = fpl_model_content(maker->model);
    const fpl_measure *measure = &content->measures.items[index];
    fpl_derived_status derived;
    fpl_measure_derive_status(maker->model, index, NULL, &derived);
    const char *rule = derived.rule < 0 ? NULL
                                        : content->regime.rules.items[derived.rule].id;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(maker->document, measure->id));
    fpl_table_cell(table, fpl_value_text(maker->document, id_of(&measure->level)));
    fpl_table_cell(table, text_or_null(maker, fpl_text_in(&measure->name,
                                                          fpli_language(maker->words))));
    fpl_table_cell(
        table,
        text_or_null(maker, legality_word(fpl_measure_status(maker->model, index))));
    fpl_table_cell(table, text_or_null(maker, legality_word(measure->status)));
    fpl_table_cell(table, text_or_null(maker, legality_word(derived.legality)));
    fpl_table_cell(table, text_or_null(maker, rule));
    fpl_table_cell(table, text_or_null(maker, measure->gate.text));
    const char *admission = start == NULL ? NULL
                                          : admission_word(fpl_measure_admission(
                                                maker->model, index, start));
    fpl_table_cell(table, text_or_null(maker, admission));
}

static void list_measures(const fpli_maker *maker, fpl_section *section,
                          const uint16_t *start)
{
    static const char *const keys[] = {"id",      "level", "name", "status",  "stated",
                                       "derived", "rule",  "gate", "at_start"};
    fpl_table *table = fpl_section_table(section, "measures", NULL);
    for (int i = 0; i < 9; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int m = 0; m < fpl_model_content(maker->model)->measures.n; m++)
        list_measure(maker, table, m, start);
}

/* ---- for people ---------------------------------------------------------------------------- */

static void say_signs(const fpli_maker *maker, fpl_section *section)
{
    bool ascii = maker->words != NULL && maker->words->ascii;
    const char *line = "",
               *blank = ascii ? " " : "\xC2\xA0"; /* a sign stays with its name */
    for (int legality = FPL_PERMITTED; legality <= FPL_OPEN; legality++)
        line = fpli_textf(maker->document, "%s%s%s%s   ", line,
                          fpli_legality_sign(maker, (fpl_legality)legality), blank,
                          fpli_legality_name(maker, (fpl_legality)legality));
    line = fpli_textf(maker->document, "%s%s%s%s", line, ascii ? "?" : "\xE2\x97\x87",
                      blank, fpli_tr(maker->words, N_("waits at a gate")));
    fpl_section_say(section, line);
}

static fpl_tone tone_of(fpl_legality legality)
{
    return legality == FPL_PERMITTED ? FPL_TONE_GOOD
           : legality == FPL_OPEN    ? FPL_TONE_ALERT
           : legality == FPL_COVERT  ? FPL_TONE_ALERT
                                     : FPL_TONE_PLAIN;
}

static void show_measure(const fpli_maker *maker, fpl_table *table, int index,
                         const uint16_t *start)
{
    const fpl_measure *measure = &fpl_model_content(maker->model)->measures.items[index];
    fpl_document *document = maker->document;
    fpl_legality legality = fpl_measure_status(maker->model, index);
    bool ascii = maker->words != NULL && maker->words->ascii;
    bool waits = start != NULL &&
                 fpl_measure_admission(maker->model, index, start) == FPL_WAITING;
    const char *sign = waits ? ascii ? "?" : "\xE2\x97\x87" : "";
    sign = fpli_textf(document, "%s%s", fpli_legality_sign(maker, legality), sign);
    const char *name = fpl_text_in(&measure->name, fpli_language(maker->words));
    fpl_table_row(table);
    fpl_table_cell(table, NULL);
    fpl_table_cell(table,
                   fpl_value_tone(fpl_value_text(document, sign), tone_of(legality)));
    fpl_table_cell(table, fpl_value_text(document, *name == '\0' ? measure->id : name));
    const char *gate = measure->gate.text == NULL ? "" : measure->gate.text;
    fpl_table_cell(table, fpl_value_tone(fpl_value_text(document, gate), FPL_TONE_FAINT));
}

static void show_level(const fpli_maker *maker, fpl_table *table, int level, int variant)
{
    const char *name = fpl_model_variant_name(maker->model, level, variant,
                                              fpli_language(maker->words));
    fpl_value *number = fpl_value_text(maker->document,
                                       fpli_level_number(maker, variant));
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_tone(number, FPL_TONE_STRONG));
    fpl_table_cell(table, NULL);
    fpl_table_cell(
        table, fpl_value_tone(fpl_value_text(maker->document, name), FPL_TONE_STRONG));
    fpl_table_cell(table, NULL);
}

static void show_rungs(const fpli_maker *maker, fpl_section *section, int level,
                       const uint16_t *start)
{
    const fpl_content *content = fpl_model_content(maker->model);
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, "", FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, "", FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(maker->words, N_("Level and its measures")),
                     FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL,
                     content->measures.n == 0 ? ""
                                              : fpli_tr(maker->words, N_("opens when")),
                     FPL_COLUMN_WRAP);
    for (int v = 0; v < fpl_model_n_variants(maker->model, level); v++) {
        show_level(maker, table, level, v);
        for (int m = 0; m < content->measures.n; m++) {
            if (content->measures.items[m].level.index == v)
                show_measure(maker, table, m, start);
        }
    }
    if (content->measures.n > 0) say_signs(maker, section);
}

void fpli_add_ladder(const fpli_maker *maker, fpl_section *section)
{
    int level = fpl_model_level(maker->model), n = fpl_model_n_descriptors(maker->model);
    uint16_t *start = fpli_new((size_t)n, sizeof *start);
    if (start == NULL) {
        maker->document->status = FPL_E_MEMORY;
        return;
    }
    const uint16_t *present = fpl_model_start(maker->model, start) ? start : NULL;
    list_levels(maker, section, level);
    list_measures(maker, section, present);
    show_rungs(maker, section, level, present);
    fpli_free(start);
}
