/* What two models state differently: the field table is walked through both at once. A thing that only
 * one of them has is compared with nothing, so that all it states is listed. */
#include "study/diff.h"

#include "base/status.h"

#include <string.h>

static void compare_record(fpli_walk *w, fpli_both b);

/* ---- texts --------------------------------------------------------------------------------- */

const char *fpli_diff_keep(fpli_walk *w, fpli_buffer *buffer)
{
    fpli_put(buffer, "");
    const char *kept = buffer->broken ? NULL
                                      : fpli_arena_text(w->d->match->arena, buffer->text,
                                                        buffer->size);
    if (kept == NULL) w->status = FPL_E_MEMORY;
    fpli_buffer_clear(buffer);
    return kept == NULL ? "" : kept;
}

const char *fpli_diff_join(fpli_walk *w, const char *a, const char *between,
                           const char *b)
{
    fpli_buffer buffer = {0};
    fpli_putf(&buffer, "%s%s%s", a, between, b);
    return fpli_diff_keep(w, &buffer);
}

static fpli_rendering seen_from(const fpli_walk *w, const fpli_both *b, int side,
                                bool translated)
{
    return (fpli_rendering){w->d->match, side, b->scope[side], translated};
}

static const char *value_of(fpli_walk *w, const fpli_both *b, const fpli_field *field,
                            int side, bool translated)
{
    const fpli_rendering r = seen_from(w, b, side, translated);
    fpli_buffer buffer = {0};
    fpli_render_field(&r, field, b->base[side], &buffer);
    return fpli_diff_keep(w, &buffer);
}

const char *fpli_diff_identity(fpli_walk *w, const fpli_record *record, const void *base,
                               int side, int scope)
{
    const fpli_rendering r = {w->d->match, side, scope, false};
    fpli_buffer buffer = {0};
    fpli_render_identity(&r, record, base, &buffer);
    return fpli_diff_keep(w, &buffer);
}

/* ---- noting changes ------------------------------------------------------------------------ */

void fpli_diff_note(fpli_walk *w, fpl_change change)
{
    fpl_difference *d = w->d;
    change.part = w->part;
    if (w->status != FPL_OK) return;
    if (fpli_grow((void **)&d->changes, d->n, &d->capacity, sizeof *d->changes))
        d->changes[d->n++] = change;
    else
        w->status = FPL_E_MEMORY;
}

fpl_change_kind fpli_diff_kind(const char *before, const char *after)
{
    return before == NULL  ? FPL_CHANGE_ADDED
           : after == NULL ? FPL_CHANGE_REMOVED
                           : FPL_CHANGE_VALUE;
}

static void note_field(fpli_walk *w, const fpli_both *b, const char *field,
                       const char *before, const char *after)
{
    fpli_diff_note(w, (fpl_change){.kind = fpli_diff_kind(before, after),
                                   .item = b->item,
                                   .field = fpli_diff_join(w, b->prefix, "", field),
                                   .before = before,
                                   .after = after});
}

/* ---- fields -------------------------------------------------------------------------------- */

static const fpl_text no_text = {NULL, 0};

/* The wording in a language. A text without language is the same as one that says so. */
static const char *wording(const fpl_text *text, const fpl_phrase *like)
{
    for (int i = 0; i < text->n; i++)
        if (strcmp(text->items[i].language, like->language) == 0)
            return text->items[i].text;
    for (int i = 0; i < text->n; i++)
        if ((*like->language == '\0' || *text->items[i].language == '\0') &&
            strcmp(text->items[i].text, like->text) == 0)
            return text->items[i].text;
    return NULL;
}

static const char *text_field(fpli_walk *w, const char *key, const char *language)
{
    return *language == '\0' ? key : fpli_diff_join(w, key, ".", language);
}

static void compare_text(fpli_walk *w, const fpli_both *b, const fpli_field *field)
{
    const fpl_text *texts[2];
    for (int side = 0; side < 2; side++)
        texts[side] = b->base[side] == NULL
                          ? &no_text
                          : (const fpl_text *)((const char *)b->base[side] +
                                               field->offset);
    for (int i = 0; i < texts[FPL_OLD]->n; i++) {
        const fpl_phrase *phrase = &texts[FPL_OLD]->items[i];
        const char *after = wording(texts[FPL_NEW], phrase);
        if (after == NULL || strcmp(after, phrase->text) != 0)
            note_field(w, b, text_field(w, field->key, phrase->language), phrase->text,
                       after);
    }
    for (int i = 0; i < texts[FPL_NEW]->n; i++) {
        const fpl_phrase *phrase = &texts[FPL_NEW]->items[i];
        if (wording(texts[FPL_OLD], phrase) == NULL)
            note_field(w, b, text_field(w, field->key, phrase->language), NULL,
                       phrase->text);
    }
}

static bool is_stated(const fpli_both *b, const fpli_field *field, int side)
{
    return b->base[side] != NULL && !fpli_field_is_empty(field, b->base[side]);
}

static void compare_value(fpli_walk *w, const fpli_both *b, const fpli_field *field,
                          const char *name)
{
    const bool stated[] = {is_stated(b, field, FPL_OLD), is_stated(b, field, FPL_NEW)};
    if (!stated[FPL_OLD] && !stated[FPL_NEW]) return;
    if (stated[FPL_OLD] && stated[FPL_NEW] &&
        strcmp(value_of(w, b, field, FPL_OLD, true),
               value_of(w, b, field, FPL_NEW, true)) == 0)
        return;
    note_field(w, b, name, stated[FPL_OLD] ? value_of(w, b, field, FPL_OLD, false) : NULL,
               stated[FPL_NEW] ? value_of(w, b, field, FPL_NEW, false) : NULL);
}

/* ---- lists --------------------------------------------------------------------------------- */

/* What stands under a key of a mapping is a value, not a record, if it has one field. */
static bool is_leaf(const fpli_field *field)
{
    return field->type == FPLI_MAP && field->record->n_fields == 2;
}

static bool is_variants(const fpli_field *field)
{
    return field->record->size == sizeof(fpl_variant) &&
           strcmp(field->key, "variants") == 0;
}

static const char *item_name(fpli_walk *w, const fpli_both *parent,
                             const fpli_field *field, const char *identity)
{
    if (*parent->item == '\0' && *parent->prefix == '\0') return identity;
    if (is_variants(field)) return fpli_diff_join(w, parent->item, ".", identity);
    const char *key = fpli_diff_join(w, *parent->item == '\0' ? "" : " ", field->key,
                                     " ");
    return fpli_diff_join(w, parent->item, key, identity);
}

static const char *key_of(fpli_walk *w, const fpli_both *child, int side)
{
    return fpli_diff_identity(w, child->record, child->base[side], side,
                              child->scope[side]);
}

static void compare_leaf(fpli_walk *w, const fpli_both *parent, const fpli_field *field,
                         const fpli_both *child)
{
    const int side = child->base[FPL_OLD] != NULL ? FPL_OLD : FPL_NEW;
    fpli_both value = *child;
    value.item = parent->item;
    value.prefix = parent->prefix;
    for (int s = 0; s < 2; s++)
        if (value.base[s] != NULL)
            value.scope[s] = fpli_scope_inside(w->d->match->models[s], value.record,
                                               value.base[s], value.scope[s]);
    compare_value(w, &value, &field->record->fields[1],
                  fpli_diff_join(w, field->key, ".", key_of(w, child, side)));
}

static void compare_item(fpli_walk *w, const fpli_both *parent, const fpli_field *field,
                         fpli_both child)
{
    const int side = child.base[FPL_OLD] != NULL ? FPL_OLD : FPL_NEW;
    if (is_leaf(field)) {
        compare_leaf(w, parent, field, &child);
        return;
    }
    child.item = item_name(w, parent, field, key_of(w, &child, side));
    child.prefix = "";
    const bool lone = child.base[FPL_OLD] == NULL || child.base[FPL_NEW] == NULL;
    if (lone)
        fpli_diff_note(w, (fpl_change){.kind = side == FPL_OLD ? FPL_CHANGE_REMOVED
                                                               : FPL_CHANGE_ADDED,
                                       .item = child.item,
                                       .field = ""});
    if (!lone && fpli_has_id(child.record)) {
        const char *before = key_of(w, &child, FPL_OLD),
                   *after = key_of(w, &child, FPL_NEW);
        if (strcmp(before, after) != 0)
            fpli_diff_note(w, (fpl_change){.kind = FPL_CHANGE_RENAMED,
                                           .item = child.item,
                                           .field = "",
                                           .before = before,
                                           .after = after});
    }
    compare_record(w, child);
}

static const char *names_in_order(fpli_walk *w, const fpli_two_lists *lists, int side)
{
    fpli_buffer buffer = {0};
    for (int i = 0; i < lists->list[side].n; i++) {
        if (lists->partner[side][i] < 0) continue;
        if (buffer.size > 0) fpli_put(&buffer, ", ");
        fpli_put(&buffer, fpli_diff_identity(w, lists->record, fpli_item(lists, side, i),
                                             side, lists->scope[side]));
    }
    return fpli_diff_keep(w, &buffer);
}

/* The order of things with an id counts: ties, ladders and listings follow it. */
static void compare_order(fpli_walk *w, const fpli_both *parent, const fpli_field *field,
                          const fpli_two_lists *lists)
{
    int last = -1;
    bool moved = false;
    for (int i = 0; i < lists->list[FPL_OLD].n; i++) {
        const int j = lists->partner[FPL_OLD][i];
        if (j < 0) continue;
        moved = moved || j < last;
        last = j;
    }
    if (!moved || field->type == FPLI_MAP) return;
    fpli_diff_note(
        w, (fpl_change){.kind = FPL_CHANGE_MOVED,
                        .item = parent->item,
                        .field = fpli_diff_join(w, parent->prefix, "", field->key),
                        .before = names_in_order(w, lists, FPL_OLD),
                        .after = names_in_order(w, lists, FPL_NEW)});
}

static void compare_items(fpli_walk *w, const fpli_both *parent, const fpli_field *field,
                          const fpli_two_lists *lists)
{
    fpli_both child = {.record = field->record, .prefix = ""};
    memcpy(child.scope, lists->scope, sizeof child.scope);
    for (int i = 0; i < lists->list[FPL_OLD].n; i++) {
        const int j = lists->partner[FPL_OLD][i];
        child.base[FPL_OLD] = fpli_item(lists, FPL_OLD, i);
        child.base[FPL_NEW] = j < 0 ? NULL : fpli_item(lists, FPL_NEW, j);
        compare_item(w, parent, field, child);
    }
    for (int j = 0; j < lists->list[FPL_NEW].n; j++) {
        if (lists->partner[FPL_NEW][j] >= 0) continue;
        child.base[FPL_OLD] = NULL;
        child.base[FPL_NEW] = fpli_item(lists, FPL_NEW, j);
        compare_item(w, parent, field, child);
    }
    compare_order(w, parent, field, lists);
}

/* Lists of the content and variants are matched already: other records refer to them. */
static bool is_matched(const fpli_walk *w, const fpli_both *b, const fpli_field *field,
                       fpli_two_lists *lists)
{
    const fpli_match *match = w->d->match;
    const bool content = b->record == &fpli_content_record;
    const bool variants = is_variants(field) && b->base[0] != NULL && b->base[1] != NULL;
    for (int side = 0; side < 2 && (content || variants); side++)
        lists->partner[side] = content ? match->partner[side][field - b->record->fields]
                                       : match->variants[side] +
                                             match->models[side]->offset[b->scope[side]];
    return content || variants;
}

static void compare_list(fpli_walk *w, const fpli_both *b, const fpli_field *field)
{
    fpli_two_lists lists = {.record = field->record};
    memcpy(lists.scope, b->scope, sizeof lists.scope);
    for (int side = 0; side < 2; side++)
        if (b->base[side] != NULL)
            lists.list[side] = *(const fpli_list *)((const char *)b->base[side] +
                                                    field->offset);
    if (!is_matched(w, b, field, &lists) && w->status == FPL_OK)
        w->status = fpli_match_lists(w->d->match, &lists);
    if (w->status == FPL_OK) compare_items(w, b, field, &lists);
}

/* ---- records ------------------------------------------------------------------------------- */

static const char *extra_of(const fpl_head *head, const char *key)
{
    for (int i = 0; head != NULL && i < head->extras.n; i++)
        if (strcmp(head->extras.items[i].key, key) == 0)
            return head->extras.items[i].value;
    return NULL;
}

void fpli_diff_extras(fpli_walk *w, const fpli_both *b)
{
    const fpl_head *heads[] = {b->base[FPL_OLD], b->base[FPL_NEW]};
    for (int side = 0; side < 2; side++) {
        for (int i = 0; heads[side] != NULL && i < heads[side]->extras.n; i++) {
            const fpl_extra *extra = &heads[side]->extras.items[i];
            const char *other = extra_of(heads[1 - side], extra->key);
            if (other != NULL && (side == FPL_NEW || strcmp(other, extra->value) == 0))
                continue;
            note_field(w, b, extra->key, side == FPL_OLD ? extra->value : NULL,
                       side == FPL_OLD ? other : extra->value);
        }
    }
}

void fpli_diff_member(fpli_walk *w, const fpli_both *b, const fpli_field *field)
{
    fpli_both within = *b;
    switch (field->type) {
    case FPLI_TEXT: compare_text(w, b, field); break;
    case FPLI_RECORDS:
    case FPLI_MAP: compare_list(w, b, field); break;
    case FPLI_CITED:
    case FPLI_RECORD:
        within.record = field->record;
        for (int side = 0; side < 2; side++)
            if (b->base[side] != NULL)
                within.base[side] = (const char *)b->base[side] + field->offset;
        if (field->type == FPLI_RECORD && *b->item != '\0')
            within.prefix = fpli_diff_join(
                w, fpli_diff_join(w, b->prefix, "", field->key), "", ".");
        compare_record(w, within);
        break;
    default: compare_value(w, b, field, field->key); break;
    }
}

static bool is_head_first(const fpli_record *record)
{
    return record != &fpli_citation_record;
}

static void compare_record(fpli_walk *w, fpli_both b)
{
    for (int side = 0; side < 2; side++)
        if (b.base[side] != NULL)
            b.scope[side] = fpli_scope_inside(w->d->match->models[side], b.record,
                                              b.base[side], b.scope[side]);
    for (int f = 0; f < b.record->n_fields; f++) {
        const fpli_field *field = &b.record->fields[f];
        const bool named_already = fpli_has_id(b.record) && f == 0;
        const bool is_key = fpli_is_identity(b.record, field) && !fpli_has_id(b.record) &&
                            (b.base[FPL_OLD] == NULL || b.base[FPL_NEW] == NULL) &&
                            *b.item != '\0';
        if (!named_already && !is_key) fpli_diff_member(w, &b, field);
    }
    if (is_head_first(b.record)) fpli_diff_extras(w, &b);
}

/* ---- the whole ----------------------------------------------------------------------------- */

static void compare_content(fpli_walk *w)
{
    const fpli_match *match = w->d->match;
    fpli_both b = {.record = &fpli_content_record,
                   .base = {&match->models[0]->content, &match->models[1]->content},
                   .scope = {-1, -1},
                   .item = "",
                   .prefix = ""};
    for (int f = 0; f < b.record->n_fields; f++) {
        const fpli_field *field = &b.record->fields[f];
        w->part = field->key;
        if (field->offset == offsetof(fpl_content, impacts))
            fpli_diff_impacts(w, field->record);
        else
            fpli_diff_member(w, &b, field);
    }
    w->part = "";
    fpli_diff_extras(w, &b);
}

fpl_status fpl_models_diff(const fpl_model *old, const fpl_model *new_,
                           fpl_difference **difference, fpl_error *error)
{
    fpl_difference *d = fpli_new(1, sizeof *d);
    if (d == NULL) return fpli_no_memory(error);
    fpli_walk w = {.d = d, .part = ""};
    w.status = fpli_match_new(old, new_, &d->match);
    if (w.status == FPL_OK) compare_content(&w);
    if (w.status == FPL_OK) {
        *difference = d;
        return FPL_OK;
    }
    fpl_difference_free(d);
    return fpli_no_memory(error);
}

void fpl_difference_free(fpl_difference *difference)
{
    if (difference == NULL) return;
    fpli_match_free(difference->match);
    fpli_free(difference->changes);
    fpli_free(difference);
}

size_t fpl_difference_n(const fpl_difference *difference)
{
    return difference->n;
}

const fpl_change *fpl_difference_get(const fpl_difference *difference, size_t index)
{
    return &difference->changes[index];
}
