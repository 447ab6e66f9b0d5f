/* What the field table is good for inside the model layer: appending, copying, asking what is
 * empty, visiting. */
#include "model/records.h"

#include "base/status.h"

#include <ctype.h>
#include <string.h>

enum { LIST_FIRST_ROOM = 4 };

/* The room of a list follows from its length: 4, then the next power of two. So a list is full when
 * its length is 0 or a power of two from 4 on. */
void *fpli_list_append(fpli_arena *arena, void *list, size_t size)
{
    fpli_list *l = list;
    const int n = l->n;
    if (n == 0 || (n >= LIST_FIRST_ROOM && (n & (n - 1)) == 0)) {
        size_t room = n == 0 ? LIST_FIRST_ROOM : 2 * (size_t)n;
        void *items = fpli_arena_alloc(arena, room, size);
        if (items == NULL) return NULL;
        if (n > 0) memcpy(items, l->items, (size_t)n * size);
        l->items = items;
    }
    l->n++;
    return (char *)l->items + (size_t)n * size;
}

const char *fpli_word_of(const fpli_word *words, int value)
{
    for (; words->word != NULL; words++)
        if (words->value == value) return words->word;
    return NULL;
}

bool fpli_is_id(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    if (!isalpha(*c) && *c < 0x80) return false;
    for (; *c != '\0'; c++)
        if (!isalnum(*c) && *c < 0x80 && strchr("_-.", *c) == NULL) return false;
    return true;
}

fpl_status fpli_record_each(const fpli_record *record, void *base,
                            fpli_field_visitor visit, void *context)
{
    for (int i = 0; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        fpl_status status = field->type == FPLI_CITED
                                ? fpli_record_each(field->record,
                                                   fpli_member(base, field), visit,
                                                   context)
                                : visit(context, field, base);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

static fpl_status find_stated(void *context, const fpli_field *field, void *base)
{
    (void)context;
    return fpli_field_is_empty(field, base) ? FPL_OK : FPL_E_ARGUMENT; /* found: leave */
}

static bool record_is_empty(const fpli_record *record, void *base)
{
    return fpli_record_each(record, base, find_stated, NULL) == FPL_OK;
}

bool fpli_field_is_empty(const fpli_field *field, const void *record)
{
    void *member = (char *)(uintptr_t)record + field->offset;
    switch (field->type) {
    case FPLI_ID:
    case FPLI_STRING:
    case FPLI_DATE:
    case FPLI_DURATION:
    case FPLI_COLOR: return *(const char **)member == NULL;
    case FPLI_COUNT: return *(int *)member == 0;
    case FPLI_INTEGER: return !((fpl_integer *)member)->stated;
    case FPLI_REAL: return !((fpl_real *)member)->stated;
    case FPLI_YESNO: return *(fpl_tristate *)member == FPL_UNSTATED;
    case FPLI_WORD: return *(int *)member == 0;
    case FPLI_REF: return ((fpl_ref *)member)->id == NULL;
    case FPLI_CONDITION: return ((fpl_condition *)member)->text == NULL;
    case FPLI_RECORD: {
        const fpl_head *head = member;
        return head->extras.n == 0 && record_is_empty(field->record, member);
    }
    case FPLI_CITED: return record_is_empty(field->record, member);
    case FPLI_TEXT:
    case FPLI_STRINGS:
    case FPLI_IDS:
    case FPLI_REFS:
    case FPLI_DECIMALS:
    case FPLI_RECORDS:
    case FPLI_MAP: return ((fpli_list *)member)->n == 0;
    }
    return true;
}

/* ---- deep copies -------------------------------------------------------------------------- */

static bool copy_string(fpli_arena *arena, const char **string)
{
    if (*string == NULL) return true;
    *string = fpli_arena_text(arena, *string, strlen(*string));
    return *string != NULL;
}

/* Give a list its own items: the same bytes, to be deepened by the caller. */
static bool copy_items(fpli_arena *arena, void *list, size_t size)
{
    fpli_list *to = list;
    const fpli_list from = *to;
    *to = (fpli_list){NULL, 0};
    for (int i = 0; i < from.n; i++) {
        void *item = fpli_list_append(arena, to, size);
        if (item == NULL) return false;
        memcpy(item, (const char *)from.items + (size_t)i * size, size);
    }
    return true;
}

static bool copy_text(fpli_arena *arena, fpl_text *text)
{
    if (!copy_items(arena, text, sizeof *text->items)) return false;
    for (int i = 0; i < text->n; i++) {
        if (!copy_string(arena, &text->items[i].language) ||
            !copy_string(arena, &text->items[i].text))
            return false;
    }
    return true;
}

static bool copy_strings(fpli_arena *arena, fpl_strings *strings)
{
    if (!copy_items(arena, strings, sizeof *strings->items)) return false;
    for (int i = 0; i < strings->n; i++)
        if (!copy_string(arena, &strings->items[i])) return false;
    return true;
}

static bool copy_ref(fpli_arena *arena, fpl_ref *ref)
{
    ref->index = -1;
    return copy_string(arena, &ref->id);
}

static bool copy_refs(fpli_arena *arena, fpl_refs *refs)
{
    if (!copy_items(arena, refs, sizeof *refs->items)) return false;
    for (int i = 0; i < refs->n; i++)
        if (!copy_ref(arena, &refs->items[i])) return false;
    return true;
}

static bool copy_head(fpli_arena *arena, fpl_head *head)
{
    if (!copy_items(arena, &head->extras, sizeof *head->extras.items)) return false;
    for (int i = 0; i < head->extras.n; i++) {
        if (!copy_string(arena, &head->extras.items[i].key) ||
            !copy_string(arena, &head->extras.items[i].value))
            return false;
    }
    return true;
}

static bool deepen_record(fpli_arena *arena, const fpli_record *record, void *base);

static bool copy_records(fpli_arena *arena, const fpli_record *record, fpli_list *list)
{
    if (!copy_items(arena, list, record->size)) return false;
    for (int i = 0; i < list->n; i++)
        if (!deepen_record(arena, record, (char *)list->items + (size_t)i * record->size))
            return false;
    return true;
}

/* The member holds a shallow copy: make it own what it points to. */
static fpl_status deepen_field(void *context, const fpli_field *field, void *base)
{
    fpli_arena *arena = context;
    void *member = fpli_member(base, field);
    bool done = true;
    switch (field->type) {
    case FPLI_ID:
    case FPLI_STRING:
    case FPLI_DATE:
    case FPLI_DURATION:
    case FPLI_COLOR: done = copy_string(arena, member); break;
    case FPLI_TEXT: done = copy_text(arena, member); break;
    case FPLI_STRINGS:
    case FPLI_IDS: done = copy_strings(arena, member); break;
    case FPLI_REF: done = copy_ref(arena, member); break;
    case FPLI_REFS: done = copy_refs(arena, member); break;
    case FPLI_CONDITION:
        ((fpl_condition *)member)->formula = NULL;
        done = copy_string(arena, &((fpl_condition *)member)->text);
        break;
    case FPLI_DECIMALS: done = copy_items(arena, member, sizeof(fpl_decimal)); break;
    case FPLI_RECORD: done = deepen_record(arena, field->record, member); break;
    case FPLI_RECORDS:
    case FPLI_MAP: done = copy_records(arena, field->record, member); break;
    case FPLI_COUNT:
    case FPLI_INTEGER:
    case FPLI_REAL:
    case FPLI_YESNO:
    case FPLI_WORD:
    case FPLI_CITED: break;
    }
    return done ? FPL_OK : FPL_E_MEMORY;
}

static bool deepen_record(fpli_arena *arena, const fpli_record *record, void *base)
{
    return copy_head(arena, base) &&
           fpli_record_each(record, base, deepen_field, arena) == FPL_OK;
}

fpl_status fpli_record_copy(fpli_arena *arena, const fpli_record *record, void *to,
                            const void *from)
{
    memcpy(to, from, record->size);
    return deepen_record(arena, record, to) ? FPL_OK : FPL_E_MEMORY;
}

/* "de" of "de", "de-AT" and "de_DE.UTF-8". */
static size_t primary(const char *language)
{
    return strcspn(language, "-_.@");
}

static bool is_language(const char *stated, const char *asked)
{
    const size_t size = primary(asked);
    return size > 0 && primary(stated) == size && strncmp(stated, asked, size) == 0;
}

const char *fpl_text_in(const fpl_text *text, const char *language)
{
    const char *found = NULL;
    /* 1 any, 2 English, 3 without language, 4 the one asked for but for what follows the first
     * part ("de-AT"), 5 the one asked for */
    int best = 0;
    for (int i = 0; i < text->n; i++) {
        const fpl_phrase *phrase = &text->items[i];
        int rank = 1;
        if (is_language(phrase->language, "en")) rank = 2;
        if (phrase->language[0] == '\0') rank = 3;
        if (language != NULL && is_language(phrase->language, language)) rank = 4;
        if (language != NULL && rank == 4 && strcmp(phrase->language, language) == 0)
            rank = 5;
        if (rank > best) {
            best = rank;
            found = phrase->text;
        }
    }
    return found == NULL ? "" : found;
}
