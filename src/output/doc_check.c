/* Findings about a model: for programs one record each, for people grouped by kind. */
#include "output/parts.h"

#include <fahrplan/results.h>

#include <inttypes.h>
#include <string.h>

typedef struct kind_row {
    const char *word;    /* for programs */
    const char *heading; /* for people */
} kind_row;

static const kind_row kinds[FPL_FINDING_END] = {
    [FPL_FINDING_NOT_STANDARDISED] = {"not-standardised",
                                      N_("Groups that do not sum to zero")},
    [FPL_FINDING_SECTION_MISSING] = {"section-missing",
                                     N_("Sections that nobody judged")},
    [FPL_FINDING_ROW_MISSING] = {"row-missing", N_("Groups missing in a judged section")},
    [FPL_FINDING_RECEIVES_NOTHING] = {"receives-nothing",
                                      N_("Descriptors on which nothing acts")},
    [FPL_FINDING_SENDS_NOTHING] = {"sends-nothing",
                                   N_("Descriptors that act on nothing")},
    [FPL_FINDING_DOMINATED] = {"dominated",
                               N_("Variants that no scenario can ever choose")},
    [FPL_FINDING_OUTSIDE_SCALE] = {"outside-scale", N_("Judgements outside the scale")},
    [FPL_FINDING_STATUS_DIFFERS] = {"status-differs",
                                    N_("Stated status against the rules of the regime")},
    [FPL_FINDING_HEDGE_UNUSED] = {"hedge-unused", N_("Hedges that no prediction uses")},
    [FPL_FINDING_HEDGE_UNKNOWN] = {"hedge-unknown",
                                   N_("Words of doubt that no hedge explains")},
    [FPL_FINDING_NO_REASON] = {"no-reason", N_("Groups without a reason")},
    [FPL_FINDING_START_TENSION] = {"start-tension", N_("The start is not consistent")},
    [FPL_FINDING_OBSERVED_BEFORE] = {"observed-before",
                                     N_("Observations older than the model")},
};

static const char *descriptor_or_empty(const fpli_maker *maker, int descriptor)
{
    return descriptor < 0 ? "" : fpli_descriptor_id(maker, descriptor);
}

static const char *variant_or_empty(const fpli_maker *maker, int descriptor, int variant)
{
    return descriptor < 0 || variant < 0 ? ""
                                         : fpli_variant_id(maker, descriptor, variant);
}

/* The record of which `item` is the index. */
static const char *item_id(const fpli_maker *maker, const fpl_finding *finding)
{
    const fpl_content *content = fpl_model_content(maker->model);
    const char *language = fpli_language(maker->words);
    if (finding->item < 0) return "";
    switch (finding->kind) {
    case FPL_FINDING_STATUS_DIFFERS: return content->measures.items[finding->item].id;
    case FPL_FINDING_HEDGE_UNUSED:
        return fpl_text_in(&content->hedges.items[finding->item].words, language);
    case FPL_FINDING_HEDGE_UNKNOWN: return content->predictions.items[finding->item].id;
    case FPL_FINDING_OBSERVED_BEFORE:
        return content->observations.items[finding->item].id;
    default: return "";
    }
}

/* "CONF.easing -> LEVEL.L1", as far as it is known. */
static const char *group_words(const fpli_maker *maker, const fpl_finding *f)
{
    const char *from = descriptor_or_empty(maker, f->from);
    const char *from_variant = variant_or_empty(maker, f->from, f->from_variant);
    const char *to = descriptor_or_empty(maker, f->to);
    const char *to_variant = variant_or_empty(maker, f->to, f->to_variant);
    return fpli_textf(maker->document, "%s%s%s%s%s%s%s", from,
                      *from_variant != '\0' ? "." : "", from_variant,
                      *to != '\0' ? " -> " : "", to, *to_variant != '\0' ? "." : "",
                      to_variant);
}

static const char *points(const fpli_maker *maker, int64_t value)
{
    return fpli_points(maker->document, maker->words, value,
                       fpl_model_denominator(maker->model), false);
}

static const char *status_words(const fpli_maker *maker, const fpl_finding *f)
{
    const fpl_content *content = fpl_model_content(maker->model);
    const fpl_measure *measure = &content->measures.items[f->item];
    fpl_derived_status derived;
    fpl_measure_derive_status(maker->model, f->item, NULL, &derived);
    const char *rule = derived.rule < 0 ? fpli_tr(maker->words, N_("no rule applies"))
                                        : content->regime.rules.items[derived.rule].id;
    return fpli_textf(
        maker->document, fpli_tr(maker->words, N_("%s %s: stated %s, derived %s (%s)")),
        measure->id, fpl_text_in(&measure->name, fpli_language(maker->words)),
        fpli_legality_name(maker, (fpl_legality)f->a),
        fpli_legality_name(maker, (fpl_legality)f->b), rule);
}

/* What is remarked, in words that suit the heading of its kind. */
static const char *finding_words(const fpli_maker *maker, const fpl_finding *f)
{
    const fpl_content *content = fpl_model_content(maker->model);
    const char *language = fpli_language(maker->words);
    const char *group = group_words(maker, f);
    switch (f->kind) {
    case FPL_FINDING_NOT_STANDARDISED:
        return fpli_textf(maker->document, fpli_tr(maker->words, N_("%s sums to %s")),
                          group, points(maker, f->a));
    case FPL_FINDING_OUTSIDE_SCALE:
        return fpli_textf(
            maker->document, fpli_tr(maker->words, N_("%s is %s; the scale ends at %s")),
            group, points(maker, f->a), points(maker, fpl_model_scale(maker->model)));
    case FPL_FINDING_STATUS_DIFFERS: return status_words(maker, f);
    case FPL_FINDING_HEDGE_UNKNOWN:
        return fpli_textf(
            maker->document, "%s: \"%s\"", item_id(maker, f),
            fpl_text_in(&content->predictions.items[f->item].hedge, language));
    case FPL_FINDING_HEDGE_UNUSED:
    case FPL_FINDING_OBSERVED_BEFORE: return item_id(maker, f);
    case FPL_FINDING_START_TENSION:
        return fpli_textf(maker->document,
                          fpli_tr(maker->words, N_("its total tension is %s")),
                          points(maker, f->a));
    default: return group;
    }
}

/* ---- for programs -------------------------------------------------------------------------- */

static fpl_value *text_or_null(const fpli_maker *maker, const char *text)
{
    return *text == '\0' ? fpl_value_null(maker->document)
                         : fpl_value_text(maker->document, text);
}

static void list_finding(const fpli_maker *maker, fpl_table *table, const fpl_finding *f)
{
    fpl_document *document = maker->document;
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, kinds[f->kind].word));
    fpl_table_cell(table,
                   fpl_value_text(document, f->weight == FPL_DOUBT ? "doubt" : "remark"));
    fpl_table_cell(table, fpl_value_int(document, f->mark.line));
    fpl_table_cell(table, fpl_value_int(document, f->mark.column));
    fpl_table_cell(table, text_or_null(maker, descriptor_or_empty(maker, f->from)));
    fpl_table_cell(
        table, text_or_null(maker, variant_or_empty(maker, f->from, f->from_variant)));
    fpl_table_cell(table, text_or_null(maker, descriptor_or_empty(maker, f->to)));
    fpl_table_cell(table,
                   text_or_null(maker, variant_or_empty(maker, f->to, f->to_variant)));
    fpl_table_cell(table, text_or_null(maker, item_id(maker, f)));
    fpl_table_cell(table, fpl_value_text(document, finding_words(maker, f)));
}

static void list_findings(const fpli_maker *maker, fpl_section *section,
                          const fpl_findings *findings)
{
    static const char *const keys[] = {"kind", "weight",       "line", "column",
                                       "from", "from_variant", "to",   "to_variant",
                                       "item", "text"};
    fpl_table *table = fpl_section_table(section, "findings", NULL);
    for (int i = 0; i < 10; i++)
        fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t i = 0; i < fpl_findings_n(findings); i++)
        list_finding(maker, table, fpl_findings_get(findings, i));
}

/* ---- for people ---------------------------------------------------------------------------- */

/* Missing sections are many: one line for each source. */
static void show_sections(const fpli_maker *maker, fpl_table *table,
                          const fpl_findings *findings)
{
    int from = -1;
    const char *line = "";
    for (size_t i = 0; i <= fpl_findings_n(findings); i++) {
        const fpl_finding *f = i < fpl_findings_n(findings)
                                   ? fpl_findings_get(findings, i)
                                   : NULL;
        if (f != NULL && f->kind != FPL_FINDING_SECTION_MISSING) continue;
        if (from >= 0 && (f == NULL || f->from != from)) {
            fpl_table_row(table);
            fpl_table_cell(table, NULL);
            fpl_table_cell(table, fpl_value_text(maker->document, line));
        }
        if (f == NULL) break;
        const char *to = descriptor_or_empty(maker, f->to);
        line = f->from != from ? fpli_textf(maker->document, "%s -> %s",
                                            descriptor_or_empty(maker, f->from), to)
                               : fpli_textf(maker->document, "%s, %s", line, to);
        from = f->from;
    }
}

static void show_kind(const fpli_maker *maker, fpl_section *root,
                      const fpl_findings *findings, fpl_finding_kind kind)
{
    fpl_document *document = maker->document;
    int n = 0;
    bool doubt = false;
    for (size_t i = 0; i < fpl_findings_n(findings); i++) {
        const fpl_finding *f = fpl_findings_get(findings, i);
        n += f->kind == kind;
        doubt = doubt || (f->kind == kind && f->weight == FPL_DOUBT);
    }
    if (n == 0) return;
    const char *heading = fpli_textf(document, "%s: %d",
                                     fpli_tr(maker->words, kinds[kind].heading), n);
    if (doubt)
        heading = fpli_textf(document, "%s (%s)", heading,
                             fpli_tr(maker->words, N_("probably a slip")));
    fpl_section *section = fpl_section_add(root, NULL, heading);
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(maker->words, N_("Line")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(maker->words, N_("Finding")), FPL_COLUMN_WRAP);
    if (kind == FPL_FINDING_SECTION_MISSING) {
        show_sections(maker, table, findings);
        return;
    }
    for (size_t i = 0; i < fpl_findings_n(findings); i++) {
        const fpl_finding *f = fpl_findings_get(findings, i);
        if (f->kind != kind) continue;
        fpl_table_row(table);
        fpl_table_cell(table, f->mark.line > 0
                                  ? fpl_value_text(document, fpli_textf(document, "%d",
                                                                        f->mark.line))
                                  : NULL);
        fpl_table_cell(table, fpl_value_text(document, finding_words(maker, f)));
    }
}

static void say_summary(const fpli_maker *maker, fpl_section *root,
                        const fpl_findings *findings)
{
    const fpl_output_options *words = maker->words;
    size_t n = fpl_findings_n(findings), doubts = 0;
    for (size_t i = 0; i < n; i++)
        doubts += fpl_findings_get(findings, i)->weight == FPL_DOUBT;
    fpl_section_field(root, "n_findings", NULL,
                      fpl_value_int(maker->document, (int64_t)n));
    fpl_section_field(root, "n_doubts", NULL,
                      fpl_value_int(maker->document, (int64_t)doubts));
    if (n == 0)
        fpl_section_say(root,
                        fpli_tr(words, N_("The model is in order; there is nothing to "
                                          "remark.")));
    else if (doubts == 0)
        fpli_sayf(root, fpli_tr(words, N_("The model is in order. Remarks: %zu.")), n);
    else
        fpli_sayf(
            root,
            fpli_tr(words, N_("The model is in order. Remarks: %zu, of which probably "
                              "slips: %zu.")),
            n, doubts);
}

fpl_status fpl_result_findings(const fpl_model *model, const fpl_findings *findings,
                               const fpl_output_options *words, fpl_document **document,
                               fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-check", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    say_summary(&maker, root, findings);
    list_findings(&maker, root, findings);
    for (int kind = 0; kind < FPL_FINDING_END; kind++)
        show_kind(&maker, root, findings, (fpl_finding_kind)kind);
    fpl_section_next(root, fpli_command(&maker, "run", ""),
                     fpli_tr(words, N_("What the model says")));
    return fpli_finish(&maker, document, error);
}
