/* Why an answer differs between two models: the inequality that is violated in one of them, how it stands
 * in the other, and the judgements that changed, down to the place in the source. */
#include "output/doc_compare.h"

#include <string.h>

/* ---- for programs -------------------------------------------------------------------------- */

static const char *const kinds[] = {
    [FPL_CAUSE_BALANCE] = "balance",       [FPL_CAUSE_EXCLUDED] = "excluded",
    [FPL_CAUSE_VARIANT] = "variant",       [FPL_CAUSE_HELD] = "held",
    [FPL_CAUSE_DESCRIPTOR] = "descriptor", [FPL_CAUSE_START] = "start",
};
static const char *const before_after[] = {"before", "after"};

static fpl_document *document_of(const fpli_pair_maker *p)
{
    return p->side[0].document;
}

fpl_value *fpli_reason_value(const fpli_maker *maker, const fpl_reason *reason)
{
    fpl_document *document = maker->document;
    if (reason == NULL) return fpl_value_null(document);
    fpl_value *map = fpl_value_map(document), *at = fpl_value_list(document);
    for (int i = 0; i < reason->at.n; i++)
        fpl_value_append(at, fpl_value_text(document, reason->at.items[i]));
    const char *why = fpl_text_in(&reason->why, fpli_language(maker->words));
    const char *const texts[][2] = {{"reason", *why == '\0' ? NULL : why},
                                    {"source", reason->source.id},
                                    {"grade", reason->grade.id},
                                    {"coder", reason->coder}};
    for (int i = 0; i < 4; i++)
        fpl_value_set(map, texts[i][0],
                      texts[i][1] == NULL ? fpl_value_null(document)
                                          : fpl_value_text(document, texts[i][1]));
    fpl_value_set(map, "at", at);
    fpl_value_word(document, map, fpli_reason_words(maker, reason));
    return map;
}

static fpl_value *units(const fpli_pair_maker *p, int32_t value)
{
    return fpl_value_fraction(document_of(p), value,
                              fpl_comparison_denominator(p->view->comparison));
}

/* The id on the side that has it, the new one first. */
static fpl_value *descriptor_id(const fpli_pair_maker *p, const int descriptor[2])
{
    const int side = descriptor[FPL_NEW] >= 0 ? FPL_NEW : FPL_OLD;
    if (descriptor[side] < 0) return fpl_value_null(document_of(p));
    return fpl_value_text(document_of(p),
                          fpli_descriptor_id(&p->side[side], descriptor[side]));
}

static fpl_value *variant_id(const fpli_pair_maker *p, const int descriptor[2],
                             const int variant[2])
{
    const int side = variant[FPL_NEW] >= 0 && descriptor[FPL_NEW] >= 0 ? FPL_NEW
                                                                       : FPL_OLD;
    if (variant[side] < 0 || descriptor[side] < 0) return fpl_value_null(document_of(p));
    return fpl_value_text(
        document_of(p), fpli_variant_id(&p->side[side], descriptor[side], variant[side]));
}

static fpl_value *contribution_value(const fpli_pair_maker *p,
                                     const fpl_contribution *item)
{
    fpl_value *map = fpl_value_map(document_of(p));
    fpl_value_set(map, "from", descriptor_id(p, item->from));
    fpl_value_set(map, "from_variant", variant_id(p, item->from, item->from_variant));
    for (int side = 0; side < 2; side++)
        fpl_value_set(map, before_after[side], units(p, item->weight[side]));
    fpl_value_set(map, "reason_before",
                  fpli_reason_value(&p->side[FPL_OLD], item->reason[FPL_OLD]));
    fpl_value_set(map, "reason_after",
                  fpli_reason_value(&p->side[FPL_NEW], item->reason[FPL_NEW]));
    return map;
}

static const fpl_exclusion *exclusion_of(const fpli_pair_maker *p, const fpl_cause *cause,
                                         int side)
{
    return &fpl_model_content(p->view->models[1 - side])
                ->exclusions.items[cause->exclusion];
}

static fpl_value *cause_value(const fpli_pair_maker *p, const fpl_cause *cause,
                              int holds_in)
{
    fpl_document *document = document_of(p);
    fpl_value *map = fpl_value_map(document), *list = fpl_value_list(document);
    fpl_value_set(map, "kind", fpl_value_text(document, kinds[cause->kind]));
    fpl_value_set(map, "descriptor", descriptor_id(p, cause->descriptor));
    fpl_value_set(map, "variant", variant_id(p, cause->descriptor, cause->chosen));
    fpl_value_set(map, "rival", variant_id(p, cause->descriptor, cause->rival));
    for (int side = 0; side < 2; side++)
        fpl_value_set(map, side == FPL_OLD ? "lead_before" : "lead_after",
                      cause->known[side] ? units(p, cause->lead[side])
                                         : fpl_value_null(document));
    fpl_value_set(
        map, "exclusion",
        cause->exclusion < 0
            ? fpl_value_null(document)
            : fpl_value_text(document, exclusion_of(p, cause, holds_in)->when.text));
    for (int i = 0; i < cause->contributions.n; i++)
        fpl_value_append(list, contribution_value(p, &cause->contributions.items[i]));
    fpl_value_set(map, "contributions", list);
    return map;
}

fpl_value *fpli_causes(const fpli_pair_maker *p, const fpl_cause *causes, int n, int side)
{
    fpl_value *list = fpl_value_list(document_of(p));
    for (int i = 0; i < n; i++) fpl_value_append(list, cause_value(p, &causes[i], side));
    return list;
}

/* ---- names for people ---------------------------------------------------------------------- */

static const char *descriptor_words(const fpli_pair_maker *p, const int descriptor[2])
{
    const int side = descriptor[FPL_NEW] >= 0 ? FPL_NEW : FPL_OLD;
    return fpli_descriptor_words(&p->side[side], descriptor[side]);
}

static const char *variant_words(const fpli_pair_maker *p, const int descriptor[2],
                                 const int variant[2])
{
    const int side = variant[FPL_NEW] >= 0 && descriptor[FPL_NEW] >= 0 ? FPL_NEW
                                                                       : FPL_OLD;
    if (variant[side] < 0) return "?";
    return fpl_model_variant_name(p->view->models[side], descriptor[side], variant[side],
                                  fpli_language(p->side[0].words));
}

static const char *points(const fpli_pair_maker *p, int32_t value, bool with_sign)
{
    return fpli_points(document_of(p), p->side[0].words, value,
                       fpl_comparison_denominator(p->view->comparison), with_sign);
}

const char *fpli_both_reasons(const fpli_pair_maker *p, const fpl_reason *const reason[2])
{
    const fpl_output_options *words = p->side[0].words;
    if (reason[FPL_OLD] == NULL || reason[FPL_NEW] == NULL) {
        const int side = reason[FPL_NEW] != NULL ? FPL_NEW : FPL_OLD;
        return fpli_reason_words(&p->side[side], reason[side]);
    }
    const char *was = fpli_reason_words(&p->side[FPL_OLD], reason[FPL_OLD]);
    const char *is = fpli_reason_words(&p->side[FPL_NEW], reason[FPL_NEW]);
    if (strcmp(was, is) == 0) return is;
    return fpli_textf(document_of(p),
                      fpli_tr(words, N_("before: %s \xE2\x80\x93 now: %s")), was, is);
}

/* ---- sentences ----------------------------------------------------------------------------- */

/* A cause seen by the side in which the scenario holds: [FPL_OLD] lost, [FPL_NEW] gained. */
static const char *const behind[] = {N_("%s: \"%s\" now falls behind \"%s\" by %s"),
                                     N_("%s: \"%s\" fell behind \"%s\" by %s")};
static const char *const ahead[] = {N_("%s; it was ahead by %s"),
                                    N_("%s; now it is ahead by %s")};
static const char *const tied[] = {N_("%s; before they tied"), N_("%s; now they tie")};
static const char *const held[] = {N_("%s; before it was held"),
                                   N_("%s; now it is held")};
static const char *const forbidden[] = {N_("%s; before an exclusion forbade that"),
                                        N_("%s; now an exclusion forbids that")};
static const char *const unknown[] = {N_("%s, which is new"), N_("%s, which is gone")};

static const char *balance_words(const fpli_pair_maker *p, const fpl_cause *cause,
                                 int side)
{
    const fpl_output_options *words = p->side[0].words;
    fpl_document *document = document_of(p);
    const char *first = fpli_textf(document, fpli_tr(words, behind[side]),
                                   descriptor_words(p, cause->descriptor),
                                   variant_words(p, cause->descriptor, cause->chosen),
                                   variant_words(p, cause->descriptor, cause->rival),
                                   points(p, -cause->lead[1 - side], false));
    const char *format = cause->untested         ? held[side]
                         : !cause->known[side]   ? unknown[side]
                         : cause->unlocked       ? forbidden[side]
                         : cause->lead[side] > 0 ? NULL
                                                 : tied[side];
    if (format != NULL) return fpli_textf(document, fpli_tr(words, format), first);
    return fpli_textf(document, fpli_tr(words, ahead[side]), first,
                      points(p, cause->lead[side], false));
}

/* Where successions part, nobody holds: both leads as they are. */
static const char *parting_words(const fpli_pair_maker *p, const fpl_cause *cause)
{
    const fpl_output_options *words = p->side[0].words;
    const char *leads[2];
    for (int side = 0; side < 2; side++)
        leads[side] = cause->known[side] ? points(p, cause->lead[side], true) : "?";
    const char *format = cause->kind == FPL_CAUSE_START
                             ? N_("%s: succession starts at \"%s\" before, at \"%s\" now")
                             : N_("%s: \"%s\" against \"%s\": lead %s before, %s now");
    return fpli_textf(document_of(p), fpli_tr(words, format),
                      descriptor_words(p, cause->descriptor),
                      variant_words(p, cause->descriptor, cause->chosen),
                      variant_words(p, cause->descriptor, cause->rival), leads[FPL_OLD],
                      leads[FPL_NEW]);
}

static const char *exclusion_words(const fpli_pair_maker *p, const fpl_cause *cause,
                                   int side)
{
    static const char *const formats[] = {N_("Excluded now: %s"), N_("Was excluded: %s")};
    const fpl_output_options *words = p->side[0].words;
    fpl_document *document = document_of(p);
    const fpl_exclusion *exclusion = exclusion_of(p, cause, side);
    const char *why = fpl_text_in(&exclusion->because, fpli_language(words));
    const char *first = fpli_textf(document, fpli_tr(words, formats[side]),
                                   exclusion->when.text);
    return *why == '\0' ? first : fpli_textf(document, "%s (%s)", first, why);
}

static const char *cause_words(const fpli_pair_maker *p, const fpl_cause *cause, int side)
{
    static const char *const variants[] = {N_("%s: there is no \"%s\" any more"),
                                           N_("%s: \"%s\" is new")};
    static const char *const holdings[] = {N_("%s is held at \"%s\" now"),
                                           N_("%s was held at \"%s\"")};
    static const char *const descriptors[] = {
        N_("No variants of the new descriptors complete it"),
        N_("No variants of the descriptors that are gone completed it")};
    const fpl_output_options *words = p->side[0].words;
    fpl_document *document = document_of(p);
    if (side < 0) return parting_words(p, cause);
    switch (cause->kind) {
    case FPL_CAUSE_EXCLUDED: return exclusion_words(p, cause, side);
    case FPL_CAUSE_DESCRIPTOR: return fpli_tr(words, descriptors[side]);
    case FPL_CAUSE_VARIANT:
        return fpli_textf(document, fpli_tr(words, variants[side]),
                          descriptor_words(p, cause->descriptor),
                          variant_words(p, cause->descriptor, cause->chosen));
    case FPL_CAUSE_HELD:
        return fpli_textf(document, fpli_tr(words, holdings[side]),
                          descriptor_words(p, cause->descriptor),
                          variant_words(p, cause->descriptor, cause->rival));
    case FPL_CAUSE_BALANCE:
    case FPL_CAUSE_START: break;
    }
    return balance_words(p, cause, side);
}

static void show_contribution(const fpli_pair_maker *p, fpl_table *table,
                              const fpl_contribution *item)
{
    fpl_document *document = document_of(p);
    const int side = item->from[FPL_NEW] >= 0 ? FPL_NEW : FPL_OLD;
    const char *who = fpli_textf(
        document, "%s: %s", fpli_descriptor_words(&p->side[side], item->from[side]),
        fpli_variant_words(&p->side[side], item->from[side], item->from_variant[side]));
    fpl_table_row(table);
    fpl_table_cell(table, fpl_value_text(document, who));
    for (int s = 0; s < 2; s++)
        fpl_table_cell(table, fpl_value_text(document, points(p, item->weight[s], true)));
    fpl_table_cell(table, fpl_value_text(document, fpli_both_reasons(p, item->reason)));
}

static void show_contributions(const fpli_pair_maker *p, fpl_section *section,
                               const fpl_cause *cause)
{
    const fpl_output_options *words = p->side[0].words;
    if (cause->contributions.n == 0) return;
    fpl_table *table = fpl_section_table(section, NULL, NULL);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Argument")), FPL_COLUMN_WRAP);
    fpl_table_column(table, NULL, fpli_tr(words, N_("before")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("now")), FPL_COLUMN_RIGHT);
    fpl_table_column(table, NULL, fpli_tr(words, N_("Reason")), FPL_COLUMN_WRAP);
    for (int i = 0; i < cause->contributions.n; i++)
        show_contribution(p, table, &cause->contributions.items[i]);
}

enum { CAUSES_SHOWN = 3 };

void fpli_say_causes(const fpli_pair_maker *p, fpl_section *section,
                     const fpl_cause *causes, int n, int side)
{
    const fpl_output_options *words = p->side[0].words;
    const bool balances = n > 0 && causes[0].kind == FPL_CAUSE_BALANCE;
    const int shown = balances && n > CAUSES_SHOWN ? CAUSES_SHOWN : n;
    for (int i = 0; i < shown; i++) {
        fpli_sayf(section, "%s.", cause_words(p, &causes[i], side));
        show_contributions(p, section, &causes[i]);
    }
    if (n > shown)
        fpl_section_say(section,
                        fpli_counted(document_of(p), words, (uint64_t)(n - shown),
                                     N_("%s more descriptor stands against it."),
                                     N_("%s more descriptors stand against it.")));
}
