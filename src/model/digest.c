/* The digest of a model: SHA-256 over what is stated, field by field in the order of the field
 * table. Marks, comments, layout and x- keys do not count; the order of a mapping does not either. */
#include "model/model.h"

#include <string.h>

static void add_string(fpli_sha256 *hash, const char *text)
{
    fpli_sha256_add(hash, text, strlen(text) + 1);
}

static void add_number(fpli_sha256 *hash, int64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (56 - 8 * i));
    fpli_sha256_add(hash, bytes, sizeof bytes);
}

static void add_real(fpli_sha256 *hash, double real)
{
    int64_t bits;
    const double value = real == 0 ? 0 : real; /* -0 is 0 */
    memcpy(&bits, &value, sizeof bits);
    add_number(hash, bits);
}

static void add_decimals(fpli_sha256 *hash, const fpli_list *list)
{
    for (int i = 0; i < list->n; i++) {
        fpl_decimal d = ((const fpl_decimal *)list->items)[i];
        while (d.places > 0 && d.value % 10 == 0) { /* 1.50 is 1.5 */
            d.value /= 10;
            d.places--;
        }
        add_number(hash, d.value);
        add_number(hash, d.places);
    }
}

static void add_text(fpli_sha256 *hash, const fpl_text *text)
{
    for (int i = 0; i < text->n; i++) {
        add_string(hash, text->items[i].language);
        add_string(hash, text->items[i].text);
    }
}

static fpl_status add_field(void *context, const fpli_field *field, void *base);

static void add_record(fpli_sha256 *hash, const fpli_record *record, void *base)
{
    fpli_record_each(record, base, add_field, hash);
    add_string(hash, ")");
}

/* The index that the key of a mapping refers to, in item i. */
static int key_index(const fpli_field *field, const fpli_list *list, int i)
{
    const char *item = (const char *)list->items + (size_t)i * field->record->size;
    return ((const fpl_ref *)(item + field->record->fields[0].offset))->index;
}

static void add_map(fpli_sha256 *hash, const fpli_field *field, const fpli_list *list)
{
    int last = -1;
    for (int done = 0; done < list->n; done++) {
        int next = -1;
        for (int i = 0; i < list->n; i++) {
            int index = key_index(field, list, i);
            if (index > last && (next < 0 || index < key_index(field, list, next)))
                next = i;
        }
        if (next < 0) return; /* keys are unique in a model */
        last = key_index(field, list, next);
        add_record(hash, field->record,
                   (char *)list->items + (size_t)next * field->record->size);
    }
}

static fpl_status add_field(void *context, const fpli_field *field, void *base)
{
    fpli_sha256 *hash = context;
    if (fpli_field_is_empty(field, base)) return FPL_OK;
    void *member = fpli_member(base, field);
    fpli_list *list = member;
    add_string(hash, field->key);
    switch (field->type) {
    case FPLI_ID:
    case FPLI_STRING:
    case FPLI_DATE:
    case FPLI_DURATION:
    case FPLI_COLOR: add_string(hash, *(const char **)member); break;
    case FPLI_TEXT: add_text(hash, member); break;
    case FPLI_STRINGS:
    case FPLI_IDS:
        for (int i = 0; i < list->n; i++)
            add_string(hash, ((const char **)list->items)[i]);
        break;
    case FPLI_COUNT:
    case FPLI_YESNO:
    case FPLI_WORD: add_number(hash, *(int *)member); break;
    case FPLI_INTEGER: add_number(hash, ((fpl_integer *)member)->value); break;
    case FPLI_REAL: add_real(hash, ((fpl_real *)member)->value); break;
    case FPLI_REF: add_string(hash, ((fpl_ref *)member)->id); break;
    case FPLI_REFS:
        for (int i = 0; i < list->n; i++)
            add_string(hash, ((fpl_ref *)list->items)[i].id);
        break;
    case FPLI_CONDITION: add_string(hash, ((fpl_condition *)member)->text); break;
    case FPLI_DECIMALS: add_decimals(hash, list); break;
    case FPLI_RECORD: add_record(hash, field->record, member); break;
    case FPLI_RECORDS:
        for (int i = 0; i < list->n; i++)
            add_record(hash, field->record,
                       (char *)list->items + (size_t)i * field->record->size);
        break;
    case FPLI_MAP: add_map(hash, field, list); break;
    case FPLI_CITED: break;
    }
    return FPL_OK;
}

void fpli_model_digest(fpl_model *model)
{
    fpli_sha256 hash;
    fpli_sha256_start(&hash);
    add_record(&hash, &fpli_content_record, &model->content);
    fpli_sha256_text(&hash, model->digest);
}
