/* What two models state differently: a table a part of the file. */
#include "output/doc_compare.h"

#include <string.h>

static const char *const kinds[] = {
    [FPL_CHANGE_VALUE] = "changed",   [FPL_CHANGE_ADDED] = "added",
    [FPL_CHANGE_REMOVED] = "removed", [FPL_CHANGE_RENAMED] = "renamed",
    [FPL_CHANGE_MOVED] = "moved",
};

/* Headings of the parts, in the order of a file. */
static const struct {
    const char *part, *heading;
} parts[] = {
    {"title", N_("Title")},
    {"summary", N_("Summary")},
    {"question", N_("Question")},
    {"date", N_("Date")},
    {"scale", N_("Scale")},
    {"hindsight", N_("Hindsight")},
    {"grades", N_("Grades")},
    {"sources", N_("Sources")},
    {"actors", N_("Actors")},
    {"descriptors", N_("Descriptors and variants")},
    {"impacts", N_("Judgements")},
    {"exclusions", N_("Exclusions")},
    {"level", N_("Level")},
    {"stance", N_("Stance")},
    {"regime", N_("Regime")},
    {"measures", N_("Measures")},
    {"gates", N_("Gates")},
    {"roadmap", N_("Roadmap")},
    {"claims", N_("Claims")},
    {"loops", N_("Loops")},
    {"signposts", N_("Signposts")},
    {"hedges", N_("Hedges")},
    {"observations", N_("Observations")},
    {"states", N_("States")},
    {"predictions", N_("Predictions")},
    {"notes", N_("Notes")},
    {"", N_("Further keys")},
};

static const char *heading_of(const fpli_pair_maker *p, const char *part)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].part, part) == 0)
            return fpli_tr(p->side[0].words, parts[i].heading);
    return part;
}

static fpl_value *text_or_null(fpl_document *document, const char *text)
{
    return text == NULL ? fpl_value_null(document) : fpl_value_text(document, text);
}

/* ---- for programs -------------------------------------------------------------------------- */

static void list_changes(const fpli_pair_maker *p, fpl_section *root)
{
    static const char *const keys[] = {"kind",          "part",        "item",
                                       "field",         "before",      "after",
                                       "reason_before", "reason_after"};
    const fpl_difference *d = p->view->difference;
    fpl_document *document = p->side[0].document;
    fpl_table *table = fpl_section_table(root, "model_changes", NULL);
    if (!p->why) fpl_table_prefer(table);
    for (int i = 0; i < 8; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t i = 0; i < fpl_difference_n(d); i++) {
        const fpl_change *change = fpl_difference_get(d, i);
        fpl_table_row(table);
        fpl_table_cell(table, fpl_value_text(document, kinds[change->kind]));
        fpl_table_cell(table, fpl_value_text(document, change->part));
        fpl_table_cell(table, fpl_value_text(document, change->item));
        fpl_table_cell(table, fpl_value_text(document, change->field));
        fpl_table_cell(table, text_or_null(document, change->before));
        fpl_table_cell(table, text_or_null(document, change->after));
        for (int side = 0; side < 2; side++)
            fpl_table_cell(table,
                           fpli_reason_value(&p->side[side], change->reason[side]));
    }
}

/* ---- for people ---------------------------------------------------------------------------- */

/* "CONF.easing name.de", or what happened to the thing as a whole. */
static const char *subject(const fpli_pair_maker *p, const fpl_change *change)
{
    fpl_document *document = p->side[0].document;
    const char *blank = *change->item != '\0' && *change->field != '\0' ? " " : "";
    const char *what = fpli_textf(document, "%s%s%s", change->item, blank, change->field);
    const char *note = change->kind == FPL_CHANGE_RENAMED ? N_("%s, renamed")
                       : change->kind == FPL_CHANGE_MOVED ? N_("%s, their order")
                                                          : NULL;
    return note == NULL ? what
                        : fpli_textf(document, fpli_tr(p->side[0].words, note), what);
}

static const char *side_words(const fpli_pair_maker *p, const fpl_change *change,
                              int side)
{
    const char *value = side == FPL_OLD ? change->before : change->after;
    const fpl_change_kind own = side == FPL_OLD ? FPL_CHANGE_REMOVED : FPL_CHANGE_ADDED;
    const bool whole = *change->field == '\0' && !change->is_judgement;
    if (value != NULL) return value;
    if (whole && change->kind == own)
        return fpli_tr(p->side[0].words, side == FPL_OLD ? N_("removed") : N_("added"));
    return p->side[0].words != NULL && p->side[0].words->ascii ? "-" : "\xE2\x80\x93";
}

static void show_change(const fpli_pair_maker *p, fpl_table *table,
                        const fpl_change *change, bool reasons)
{
    fpl_document *document = p->side[0].document;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, subject(p, change)));
    for (int side = 0; side < 2; side++)
        fpl_table_cell(table, fpl_value_text(document, side_words(p, change, side)));
    if (!reasons) return;
    const char *why = change->is_judgement ? fpli_both_reasons(p, change->reason) : "";
    fpl_table_cell(table, fpl_value_text(document, why));
}

/* The reason of a group that only one side judged stands beside its values already. */
static bool is_shown_with(const fpl_change *judgement, const fpl_change *change)
{
    const size_t size = strlen(change->item);
    return judgement != NULL && strncmp(change->field, "because.", 8) == 0 &&
           (judgement->reason[FPL_OLD] == NULL) != (judgement->reason[FPL_NEW] == NULL) &&
           strncmp(judgement->item, change->item, size) == 0 &&
           judgement->item[size] == '.';
}

/* The changes of one part from index i on; returns the index behind them. */
static size_t show_part(const fpli_pair_maker *p, fpl_section *parent, size_t i)
{
    const fpl_difference *d = p->view->difference;
    const fpl_output_options *words = p->side[0].words;
    const char *part = fpl_difference_get(d, i)->part;
    const bool reasons = strcmp(part, "impacts") == 0;
    const fpl_change *judgement = NULL;
    fpl_section *section = fpl_section_add(parent, NULL, heading_of(p, part));
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("What")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("before")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("now")), FPL_COLUMN_WRAP);
    if (reasons)
        fpl_table_column(table, NULL, fpli_tr(words, N_("Reason")),
                         FPL_COLUMN_WRAP | FPL_COLUMN_JOIN);
    for (; i < fpl_difference_n(d); i++) {
        const fpl_change *change = fpl_difference_get(d, i);
        if (strcmp(change->part, part) != 0) break;
        if (change->is_judgement) judgement = change;
        if (!is_shown_with(judgement, change)) show_change(p, table, change, reasons);
    }
    return i;
}

void fpli_add_changes(const fpli_pair_maker *p, fpl_section *root)
{
    const fpl_difference *d = p->view->difference;
    const fpl_output_options *words = p->side[0].words;
    const size_t n = fpl_difference_n(d);
    list_changes(p, root);
    if (n == 0) {
        fpl_section_say(root, fpli_tr(words, N_("Both models state the same.")));
        return;
    }
    for (size_t i = 0; i < n;) i = show_part(p, root, i);
}
