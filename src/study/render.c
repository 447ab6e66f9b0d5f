/* Fields and records as text that can be compared and shown, with the ids of the old model as the new
 * one has them if asked. */
#include "study/match.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

static const char *const parts_of_targets[] = {
    [FPLI_TO_SOURCE] = "sources",         [FPLI_TO_GRADE] = "grades",
    [FPLI_TO_ACTOR] = "actors",           [FPLI_TO_DESCRIPTOR] = "descriptors",
    [FPLI_TO_MEASURE] = "measures",       [FPLI_TO_OBSERVATION] = "observations",
    [FPLI_TO_PREDICTION] = "predictions",
};

/* ---- ids ----------------------------------------------------------------------------------- */

/* The id of item `index` of a list of the other model, if the item has a partner there. */
static const char *renamed(const fpli_match *match, const char *key, int index,
                           const char *id)
{
    for (int f = 0; f < fpli_content_record.n_fields; f++) {
        const fpli_field *field = &fpli_content_record.fields[f];
        if (strcmp(field->key, key) != 0) continue;
        const int *partner = match->partner[FPLI_OLD][f];
        if (partner == NULL || index < 0 || partner[index] < 0) return id;
        const fpl_content *content = &match->models[FPLI_NEW]->content;
        const fpli_list *list = (const fpli_list *)((const char *)content +
                                                    field->offset);
        const char *item = (const char *)list->items +
                           (size_t)partner[index] * field->record->size;
        return *(const char *const *)(item + field->record->fields[0].offset);
    }
    return id;
}

static const char *variant_renamed(const fpli_match *match, int descriptor, int variant,
                                   const char *id)
{
    const int d = fpli_match_descriptor(match, FPLI_OLD, descriptor);
    const int v = fpli_match_variant(match, FPLI_OLD, descriptor, variant);
    return v < 0 ? id : fpl_model_variant_id(match->models[FPLI_NEW], d, v);
}

static void put_ref(const fpli_rendering *r, const fpl_ref *ref, fpli_target target,
                    fpli_buffer *out)
{
    const char *id = ref->id;
    if (r->translated && r->side == FPLI_OLD) {
        if (target == FPLI_TO_VARIANT)
            id = variant_renamed(r->match, r->scope, ref->index, id);
        else if (target == FPLI_TO_LEVEL)
            id = variant_renamed(r->match, fpl_model_level(r->match->models[FPLI_OLD]),
                                 ref->index, id);
        else
            id = renamed(r->match, parts_of_targets[target], ref->index, id);
    }
    fpli_put(out, id);
}

/* ---- conditions ---------------------------------------------------------------------------- */

static bool in_name(unsigned char c)
{
    return isalnum(c) || c >= 0x80 || c == '_' || c == '-' || c == '.';
}

enum { NAME_ROOM = 256 };

/* A name in a formula: behind a comparison it is a variant of the descriptor named last. */
static const char *name_in_formula(const fpli_match *match, const char *name,
                                   bool is_variant, int *descriptor)
{
    const fpl_model *old = match->models[FPLI_OLD];
    if (is_variant)
        return variant_renamed(match, *descriptor,
                               fpl_model_find_variant(old, *descriptor, name), name);
    const int d = fpl_model_find_descriptor(old, name);
    if (d >= 0) *descriptor = d;
    return d < 0 ? name : renamed(match, "descriptors", d, name);
}

static void put_formula(const fpli_rendering *r, const char *text, fpli_buffer *out)
{
    int descriptor = -1;
    char before = ' ';
    if (!r->translated || r->side != FPLI_OLD) {
        fpli_put(out, text);
        return;
    }
    while (*text != '\0') {
        size_t size = 0;
        char name[NAME_ROOM];
        while (in_name((unsigned char)text[size])) size++;
        if (size == 0 || size >= NAME_ROOM) {
            size = size == 0 ? 1 : size;
            fpli_put_bytes(out, text, size);
            if (!isspace((unsigned char)*text)) before = *text;
        } else {
            memcpy(name, text, size);
            name[size] = '\0';
            fpli_put(out, name_in_formula(r->match, name, strchr("=<>{,", before) != NULL,
                                          &descriptor));
            before = 'a';
        }
        text += size;
    }
}

/* ---- fields -------------------------------------------------------------------------------- */

void fpli_render_decimal(fpl_decimal decimal, fpli_buffer *out)
{
    int64_t value = decimal.value < 0 ? -(int64_t)decimal.value : decimal.value, unit = 1;
    int places = decimal.places;
    for (; places > 0 && value % 10 == 0; places--) value /= 10;
    for (int i = 0; i < places; i++) unit *= 10;
    fpli_putf(out, "%s%" PRId64, decimal.value < 0 ? "-" : "", value / unit);
    if (places > 0) fpli_putf(out, ".%0*" PRId64, places, value % unit);
}

static void put_text(const fpl_text *text, fpli_buffer *out)
{
    for (int i = 0; i < text->n; i++)
        fpli_putf(out, "%s%s: %s", i > 0 ? "; " : "", text->items[i].language,
                  text->items[i].text);
}

static void put_list(const fpli_rendering *r, const fpli_field *field,
                     const fpli_list *list, fpli_buffer *out)
{
    const bool numbers = field->type == FPLI_DECIMALS;
    fpli_put(out, numbers ? "" : "[");
    for (int i = 0; i < list->n; i++) {
        if (i > 0) fpli_put(out, numbers ? " " : ", ");
        if (numbers)
            fpli_render_decimal(((const fpl_decimal *)list->items)[i], out);
        else if (field->type == FPLI_REFS)
            put_ref(r, &((const fpl_ref *)list->items)[i], field->target, out);
        else
            fpli_put(out, ((const char *const *)list->items)[i]);
    }
    fpli_put(out, numbers ? "" : "]");
}

void fpli_render_field(const fpli_rendering *r, const fpli_field *field, const void *base,
                       fpli_buffer *out)
{
    const void *member = (const char *)base + field->offset;
    if (fpli_field_is_empty(field, base)) return;
    switch (field->type) {
    case FPLI_ID:
    case FPLI_STRING:
    case FPLI_DATE:
    case FPLI_DURATION:
    case FPLI_COLOR: fpli_put(out, *(const char *const *)member); break;
    case FPLI_TEXT: put_text(member, out); break;
    case FPLI_COUNT: fpli_putf(out, "%d", *(const int *)member); break;
    case FPLI_INTEGER: fpli_putf(out, "%d", ((const fpl_integer *)member)->value); break;
    case FPLI_REAL: fpli_putf(out, "%.15g", ((const fpl_real *)member)->value); break;
    case FPLI_YESNO:
        fpli_put(out, *(const fpl_tristate *)member == FPL_YES ? "yes" : "no");
        break;
    case FPLI_WORD:
        fpli_put(out, fpli_word_of(field->words, *(const int *)member));
        break;
    case FPLI_REF: put_ref(r, member, field->target, out); break;
    case FPLI_CONDITION:
        put_formula(r, ((const fpl_condition *)member)->text, out);
        break;
    case FPLI_STRINGS:
    case FPLI_IDS:
    case FPLI_REFS:
    case FPLI_DECIMALS: put_list(r, field, member, out); break;
    case FPLI_RECORD:
    case FPLI_RECORDS:
    case FPLI_MAP:
    case FPLI_CITED: break; /* records: fpli_render_rest */
    }
}

/* ---- records ------------------------------------------------------------------------------- */

bool fpli_has_id(const fpli_record *record)
{
    return record->fields[0].type == FPLI_ID;
}

static bool is_scalar(fpli_type type)
{
    return type == FPLI_STRING || type == FPLI_DATE || type == FPLI_REF ||
           type == FPLI_CONDITION || type == FPLI_TEXT;
}

static bool must_state(const fpli_record *record)
{
    for (int f = 0; f < record->n_fields; f++)
        if (record->fields[f].flags & FPLI_REQUIRED && is_scalar(record->fields[f].type))
            return true;
    return false;
}

/* A setting is told from others by its descriptor; the variant of it is what it says. */
static bool is_setting(const fpli_record *record)
{
    return record->n_fields == 2 && record->fields[0].flags & FPLI_SCOPE &&
           record->fields[1].target == FPLI_TO_VARIANT;
}

bool fpli_is_identity(const fpli_record *record, const fpli_field *field)
{
    if (fpli_has_id(record) || is_setting(record)) return field == &record->fields[0];
    if (!must_state(record)) return field == &record->fields[0];
    return field->flags & FPLI_REQUIRED && is_scalar(field->type);
}

int fpli_scope_inside(const fpl_model *model, const fpli_record *record, const void *base,
                      int outside)
{
    for (int f = 0; f < record->n_fields; f++) {
        const fpli_field *field = &record->fields[f];
        const char *member = (const char *)base + field->offset;
        if (!(field->flags & FPLI_SCOPE)) continue;
        if (field->type == FPLI_REF) return ((const fpl_ref *)member)->index;
        return fpl_model_find_descriptor(model, *(const char *const *)member);
    }
    return outside;
}

static fpli_rendering inside(const fpli_rendering *r, const fpli_record *record,
                             const void *base)
{
    fpli_rendering within = *r;
    within.scope = fpli_scope_inside(r->match->models[r->side], record, base, r->scope);
    return within;
}

void fpli_render_identity(const fpli_rendering *r, const fpli_record *record,
                          const void *base, fpli_buffer *out)
{
    const fpli_rendering within = inside(r, record, base);
    bool first = true;
    for (int f = 0; f < record->n_fields; f++) {
        const fpli_field *field = &record->fields[f];
        if (!fpli_is_identity(record, field)) continue;
        if (!first) fpli_put(out, "->");
        if (field->type == FPLI_TEXT) /* one wording is enough to tell them apart */
            fpli_put(out,
                     fpl_text_in((const fpl_text *)((const char *)base + field->offset),
                                 NULL));
        else
            fpli_render_field(&within, field, base, out);
        first = false;
    }
}

static void put_records(const fpli_rendering *r, const fpli_field *field,
                        const fpli_list *list, fpli_buffer *out)
{
    for (int i = 0; i < list->n; i++) {
        const char *item = (const char *)list->items + (size_t)i * field->record->size;
        fpli_put(out, "{");
        fpli_render_identity(r, field->record, item, out);
        fpli_put(out, ": ");
        fpli_render_rest(r, field->record, item, out);
        fpli_put(out, "}");
    }
}

void fpli_render_rest(const fpli_rendering *r, const fpli_record *record,
                      const void *base, fpli_buffer *out)
{
    const fpli_rendering within = inside(r, record, base);
    for (int f = 0; f < record->n_fields; f++) {
        const fpli_field *field = &record->fields[f];
        const char *member = (const char *)base + field->offset;
        if (fpli_is_identity(record, field)) continue;
        if (field->type == FPLI_CITED) {
            fpli_render_rest(&within, field->record, member, out);
            continue;
        }
        if (fpli_field_is_empty(field, base)) continue;
        fpli_putf(out, "%s: ", field->key);
        if (field->type == FPLI_RECORD)
            fpli_render_rest(&within, field->record, member, out);
        else if (field->type == FPLI_RECORDS || field->type == FPLI_MAP)
            put_records(&within, field, (const fpli_list *)member, out);
        else
            fpli_render_field(&within, field, base, out);
        fpli_put(out, "; ");
    }
}
