/* The rows of the roadmap and the verdicts on the gates. */
#include "output/parts.h"

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

static void list_row(const fpli_maker *maker, fpl_table *table,
                     const fpl_roadmap *roadmap, const fpl_row *row)
{
    fpl_document *document = maker->document;
    const uint16_t *drivers = fpl_roadmap_drivers(roadmap);
    fpl_value *setting = fpl_value_map(document);
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        fpl_value_set(setting, fpli_descriptor_id(maker, drivers[i]),
                      fpl_value_text(
                          document, fpli_variant_id(maker, drivers[i], row->drivers[i])));
    const char *necessary = row->necessary < 0
                                ? NULL
                                : fpli_variant_id(maker, fpl_model_level(maker->model),
                                                  row->necessary);
    fpl_table_row(table);
    fpl_table_cell(table, setting);
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
}

static void list_rows(const fpli_maker *maker, fpl_section *section,
                      const fpl_roadmap *roadmap)
{
    static const char *const keys[] = {
        "drivers", "default", "possible",  "necessary",     "completions",
        "tension", "nearest", "shortfall", "default_cycle", "complete"};
    fpl_table *table = fpl_section_table(section, "rows", NULL);
    fpl_table_prefer(table);
    for (int i = 0; i < 10; i++)
        fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
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

static void show_rows(const fpli_maker *maker, fpl_section *section,
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
    list_rows(maker, section, roadmap);
    show_rows(maker, section, roadmap, plausible);
}

/* ---- gates --------------------------------------------------------------------------------- */

static const char *const answers[] = {
    [FPL_GATE_UNTESTABLE] = "untestable",
    [FPL_GATE_ENTAILED] = "entailed",
    [FPL_GATE_VIOLATED] = "violated",
    [FPL_GATE_UNKNOWN] = "unknown",
};
static const char *const answer_names[] = {
    [FPL_GATE_UNTESTABLE] = N_("untestable"),
    [FPL_GATE_ENTAILED] = N_("entailed"),
    [FPL_GATE_VIOLATED] = N_("violated"),
    [FPL_GATE_UNKNOWN] = N_("unknown"),
};

const char *fpli_gate_answer_word(fpl_gate_answer answer)
{
    return answers[answer];
}

const char *fpli_gate_answer_name(const fpli_maker *maker, fpl_gate_answer answer)
{
    return fpli_tr(maker->words, answer_names[answer]);
}

static const char *const obstacles[] = {
    [FPL_GATE_TESTABLE] = "",
    [FPL_GATE_NO_FORMULA] = "no-formula",
    [FPL_GATE_NO_CONDITION] = "not-a-condition",
    [FPL_GATE_NO_TARGET] = "no-level",
    [FPL_GATE_NEVER_ARISES] = "never-arises",
};
static const char *const obstacle_names[] = {
    [FPL_GATE_TESTABLE] = "",
    [FPL_GATE_NO_FORMULA] = N_("stated in words only"),
    [FPL_GATE_NO_CONDITION] = N_("a delay or consequence, no condition"),
    [FPL_GATE_NO_TARGET] = N_("names neither a level nor a measure"),
    [FPL_GATE_NEVER_ARISES] = N_("no completion puts it to the test"),
};
static const char *const gate_kinds[] = {"", "necessary", "sufficient", "delay",
                                         "consequence"};
static const char *const gate_kind_names[] = {"", N_("necessary"), N_("sufficient"),
                                              N_("delay"), N_("consequence")};

static fpl_value *text_or_null(const fpli_maker *maker, const char *text)
{
    return text == NULL || *text == '\0' ? fpl_value_null(maker->document)
                                         : fpl_value_text(maker->document, text);
}

static fpl_value *row_setting(const fpli_maker *maker, const fpl_roadmap *roadmap,
                              size_t row)
{
    fpl_value *map = fpl_value_map(maker->document);
    const uint16_t *drivers = fpl_roadmap_drivers(roadmap);
    const fpl_row *r = fpl_roadmap_row(roadmap, row);
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        fpl_value_set(map, fpli_descriptor_id(maker, drivers[i]),
                      fpl_value_text(maker->document,
                                     fpli_variant_id(maker, drivers[i], r->drivers[i])));
    return map;
}

static void list_gate(const fpli_maker *maker, fpl_table *table,
                      const fpl_roadmap *roadmap, const fpl_gate_verdict *verdict)
{
    const fpl_gate *gate = &fpl_model_content(maker->model)->gates.items[verdict->gate];
    fpl_document *document = maker->document;
    bool violated = verdict->answer == FPL_GATE_VIOLATED;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, gate->id));
    fpl_table_cell(table, text_or_null(maker, gate->level.id));
    fpl_table_cell(table, text_or_null(maker, gate->measure.id));
    fpl_table_cell(table, text_or_null(maker, gate_kinds[gate->kind]));
    fpl_table_cell(table, text_or_null(maker, gate->when.text));
    fpl_table_cell(table, fpl_value_text(document, answers[verdict->answer]));
    fpl_table_cell(table, text_or_null(maker, obstacles[verdict->obstacle]));
    fpl_table_cell(table, fpl_value_int(document, (int64_t)verdict->n_rows));
    fpl_table_cell(table, fpl_value_int(document, (int64_t)verdict->n_tested));
    fpl_table_cell(table, fpl_value_int(document, (int64_t)verdict->n_violations));
    fpl_table_cell(table, violated ? row_setting(maker, roadmap, verdict->first_row)
                                   : fpl_value_null(document));
    fpl_table_cell(table, verdict->witness == NULL
                              ? fpl_value_null(document)
                              : fpli_scenario_variants(maker, verdict->witness));
}

/* "violated in 3 rows, first: easing, detente, emergency". */
static const char *verdict_words(const fpli_maker *maker, const fpl_roadmap *roadmap,
                                 const fpl_gate_verdict *verdict)
{
    fpl_document *document = maker->document;
    const fpl_output_options *words = maker->words;
    if (verdict->answer == FPL_GATE_UNTESTABLE)
        return fpli_tr(words, obstacle_names[verdict->obstacle]);
    if (verdict->answer == FPL_GATE_UNKNOWN)
        return fpli_tr(words, N_("stopped before all rows were looked at"));
    if (verdict->answer == FPL_GATE_ENTAILED)
        return fpli_counted(document, words, verdict->n_tested, N_("tested in %s row"),
                            N_("tested in %s rows"));
    const uint16_t *drivers = fpl_roadmap_drivers(roadmap);
    const fpl_row *row = fpl_roadmap_row(roadmap, verdict->first_row);
    const char *where = "";
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        where = fpli_textf(document, "%s%s%s", where, i > 0 ? ", " : "",
                           fpli_variant_words(maker, drivers[i], row->drivers[i]));
    const char *format = verdict->n_violations == 1 ? N_("in %zu of %s: %s")
                                                    : N_("in %zu of %s, first: %s");
    return fpli_textf(
        document, fpli_tr(words, format), verdict->n_violations,
        fpli_counted(document, words, verdict->n_tested, N_("%s row"), N_("%s rows")),
        where);
}

static void show_gate(const fpli_maker *maker, fpl_table *table,
                      const fpl_roadmap *roadmap, const fpl_gate_verdict *verdict)
{
    static const fpl_tone tones[] = {FPL_TONE_FAINT, FPL_TONE_GOOD, FPL_TONE_ALERT,
                                     FPL_TONE_FAINT};
    const fpl_gate *gate = &fpl_model_content(maker->model)->gates.items[verdict->gate];
    fpl_document *document = maker->document;
    const char *name = fpl_text_in(&gate->name, fpli_language(maker->words));
    const char *target = gate->level.index >= 0
                             ? fpli_level_number(maker, gate->level.index)
                         : gate->measure.id != NULL ? gate->measure.id
                                                    : "";
    const char *condition = gate->when.text != NULL ? gate->when.text : name;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, target));
    fpl_table_cell(table, fpl_value_text(document, fpli_tr(maker->words,
                                                           gate_kind_names[gate->kind])));
    fpl_table_cell(table, fpl_value_text(document, condition));
    fpl_value *answer = fpl_value_text(
        document, fpli_tr(maker->words, answer_names[verdict->answer]));
    fpl_table_cell(table, fpl_value_tone(answer, tones[verdict->answer]));
    fpl_table_cell(table,
                   fpl_value_text(document, verdict_words(maker, roadmap, verdict)));
}

void fpli_add_gates(const fpli_maker *maker, fpl_section *section,
                    const fpl_roadmap *roadmap, const fpl_gate_verdicts *verdicts)
{
    static const char *const keys[] = {
        "id",       "level", "measure",     "kind",       "when",      "verdict",
        "obstacle", "rows",  "rows_tested", "violations", "first_row", "witness"};
    const fpl_output_options *words = maker->words;
    const fpl_gate_options *options = fpl_gate_verdicts_options(verdicts);
    const int n = fpl_gate_verdicts_n(verdicts);
    fpl_section_field(section, "max_tension", NULL,
                      options->use_max_tension
                          ? fpli_points_value(maker, options->max_tension)
                          : fpl_value_null(maker->document));
    fpl_table *listing = fpl_section_table(section, "verdicts", NULL);
    for (int i = 0; i < 12; i++)
        fpl_table_column(listing, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (int g = 0; g < n; g++)
        list_gate(maker, listing, roadmap, fpl_gate_verdicts_get(verdicts, g));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Gate to")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("kind")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, fpli_tr(words, N_("when")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("verdict")), FPL_COLUMN_PLAIN);
    fpl_table_column(table, NULL, "", FPL_COLUMN_WRAP);
    for (int g = 0; g < n; g++)
        show_gate(maker, table, roadmap, fpl_gate_verdicts_get(verdicts, g));
}
