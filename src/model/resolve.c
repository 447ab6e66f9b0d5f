/* Linking: every reference gets its index, every condition its formula. A walk over the records by
 * the field table; tables of names say what exists. The first complaint ends it. */
#include "model/model.h"

#include "base/status.h"
#include "base/text.h"
#include "model/formula.h"

#include <stdio.h>
#include <string.h>

enum { N_TARGETS = FPLI_TO_PREDICTION + 1 };

typedef struct linker {
    fpl_model *model;
    fpl_error *error;
    fpli_names names[N_TARGETS]; /* unused for variants: those depend on the scope */
    int scope;                   /* descriptor whose variants are meant; -1: none */
    int item;                    /* index of the record in its list */
    const fpl_head *head;        /* of the record at hand, for complaints */
    const fpli_record *record;
} linker;

/* Which list of the content a target names, and how messages call it. */
static const struct {
    const char *key;
    const char *noun;
} targets[N_TARGETS] = {
    [FPLI_TO_SOURCE] = {"sources", N_("source")},
    [FPLI_TO_GRADE] = {"grades", N_("grade")},
    [FPLI_TO_ACTOR] = {"actors", N_("actor")},
    [FPLI_TO_DESCRIPTOR] = {"descriptors", N_("descriptor")},
    [FPLI_TO_VARIANT] = {NULL, N_("variant")},
    [FPLI_TO_LEVEL] = {NULL, N_("level")},
    [FPLI_TO_MEASURE] = {"measures", N_("measure")},
    [FPLI_TO_OBSERVATION] = {"observations", N_("observation")},
    [FPLI_TO_PREDICTION] = {"predictions", N_("prediction")},
};

static const fpli_field *content_field(const char *key)
{
    for (int i = 0; i < fpli_content_record.n_fields; i++)
        if (strcmp(fpli_content_record.fields[i].key, key) == 0)
            return &fpli_content_record.fields[i];
    return NULL;
}

static void *item_at(const fpli_field *field, const fpli_list *list, int i)
{
    return (char *)list->items + (size_t)i * field->record->size;
}

/* ---- ids ---------------------------------------------------------------------------------- */

static bool has_ids(const fpli_record *record)
{
    return record->fields[0].type == FPLI_ID;
}

static const char *id_of(const fpli_record *record, const void *item)
{
    return *(const char *const *)((const char *)item + record->fields[0].offset);
}

static bool is_reserved(const char *id)
{
    static const char *const words[] = {"and", "or", "not", "in", "true", "false"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(id, words[i]) == 0) return true;
    return false;
}

/* Names of one list, each once and well formed. within: what a message adds, "" or " in ...". */
static fpl_status enter_ids(const fpl_model *model, const fpli_record *record,
                            fpli_list *list, const char *within, fpli_names *names,
                            fpl_error *error)
{
    if (fpli_names_new(names, (size_t)list->n) != FPL_OK) return fpli_no_memory(error);
    for (int i = 0; i < list->n; i++) {
        const void *item = (char *)list->items + (size_t)i * record->size;
        const fpl_mark mark = ((const fpl_head *)item)->mark;
        const char *id = id_of(record, item);
        if (id == NULL) {
            if (!(record->fields[0].flags & FPLI_REQUIRED)) continue;
            return fpli_model_fail(model, mark, error, "a %s%s has no id",
                                   fpli_translated(error, record->name), within);
        }
        if (!fpli_is_id(id) || is_reserved(id)) {
            fpli_model_fail(model, mark, error, "'%s' cannot be the id of a %s%s", id,
                            fpli_translated(error, record->name), within);
            fpli_note(error, (fpl_mark){0},
                      "an id is a letter, then letters, digits, '_', '-' or '.'; "
                      "'and', 'or', 'not', 'in', 'true' and 'false' are taken");
            return FPL_E_MODEL;
        }
        int before = fpli_names_add(names, id, i);
        if (before < 0) continue;
        const fpl_head *first = (const fpl_head *)((char *)list->items +
                                                   (size_t)before * record->size);
        fpli_model_fail(model, mark, error, "%s '%s' is declared twice%s",
                        fpli_translated(error, record->name), id, within);
        fpli_note(error, first->mark, "first declared here; rename one of them");
        return FPL_E_MODEL;
    }
    return FPL_OK;
}

/* ---- references --------------------------------------------------------------------------- */

typedef struct known_names {
    const linker *l;
    fpli_target target;
    int descriptor;
} known_names;

static int n_known(const known_names *k)
{
    const fpl_content *content = &k->l->model->content;
    if (k->descriptor >= 0) return content->descriptors.items[k->descriptor].variants.n;
    const fpli_field *field = content_field(targets[k->target].key);
    return ((const fpli_list *)((const char *)content + field->offset))->n;
}

static const char *known_at(const void *context, int i)
{
    const known_names *k = context;
    const fpl_content *content = &k->l->model->content;
    if (k->descriptor >= 0)
        return content->descriptors.items[k->descriptor].variants.items[i].id;
    const fpli_field *field = content_field(targets[k->target].key);
    const fpli_list *list = (const fpli_list *)((const char *)content + field->offset);
    return id_of(field->record, item_at(field, list, i));
}

static fpl_mark mark_or(fpl_mark mark, const fpl_head *head)
{
    return mark.line > 0 || head == NULL ? mark : head->mark;
}

static fpl_status unknown(linker *l, const fpli_field *field, const fpl_ref *ref,
                          int descriptor)
{
    const fpl_mark mark = mark_or(ref->mark, l->head);
    const char *noun = targets[field->target].noun;
    if (descriptor >= 0)
        fpli_model_fail(l->model, mark, l->error, "descriptor '%s' has no variant '%s'",
                        l->model->content.descriptors.items[descriptor].id, ref->id);
    else
        fpli_model_fail(l->model, mark, l->error, "no %s is called '%s'",
                        fpli_translated(l->error, noun), ref->id);
    const known_names known = {l, field->target, descriptor};
    int nearest = fpli_nearest(ref->id, known_at, &known, n_known(&known));
    if (nearest >= 0)
        fpli_note(l->error, (fpl_mark){0}, "the nearest name is '%s'",
                  known_at(&known, nearest));
    return FPL_E_MODEL;
}

static fpl_status link_ref(linker *l, const fpli_field *field, fpl_ref *ref)
{
    ref->index = -1;
    if (ref->id == NULL) return FPL_OK;
    int descriptor = -1;
    if (field->target == FPLI_TO_VARIANT) descriptor = l->scope;
    if (field->target == FPLI_TO_LEVEL) descriptor = l->model->content.level.index;
    if (field->target == FPLI_TO_VARIANT || field->target == FPLI_TO_LEVEL) {
        if (descriptor < 0)
            return fpli_model_fail(
                l->model, mark_or(ref->mark, l->head), l->error,
                field->target == FPLI_TO_LEVEL
                    ? N_("'%s' is a variant, but nothing says of which descriptor: the "
                         "model names no 'level'")
                    : N_("'%s' is a variant, but nothing says of which descriptor"),
                ref->id);
        ref->index = fpl_model_find_variant(l->model, descriptor, ref->id);
    } else {
        ref->index = fpli_names_find(field->target == FPLI_TO_DESCRIPTOR
                                         ? &l->model->descriptors
                                         : &l->names[field->target],
                                     ref->id);
    }
    return ref->index >= 0 ? FPL_OK : unknown(l, field, ref, descriptor);
}

static fpl_status link_condition(linker *l, fpl_condition *condition)
{
    condition->formula = NULL;
    if (condition->text == NULL) return FPL_OK;
    fpl_error inner = fpli_error_like(l->error);
    fpl_status status = fpli_formula_parse(l->model, condition->text, l->model->arena,
                                           &condition->formula, &inner);
    if (status == FPL_OK) return FPL_OK;
    fpl_mark mark = mark_or(condition->mark, l->head);
    if (condition->mark.line > 0 && inner.mark.line == 1) { /* point into the formula */
        mark.column += inner.mark.column - 1;
        mark.width = inner.mark.width;
    }
    fpli_fail_at(l->error, status, l->model->files[mark.file != 0], mark,
                 "in the formula: %s", inner.message);
    if (inner.note[0] != '\0') fpli_note(l->error, (fpl_mark){0}, "%s", inner.note);
    return status;
}

/* ---- the walk ----------------------------------------------------------------------------- */

static fpl_status link_record(linker *l, const fpli_record *record, void *base, int item);

static fpl_status link_list(linker *l, const fpli_field *field, fpli_list *list)
{
    for (int i = 0; i < list->n; i++) {
        fpl_status status = link_record(l, field->record, item_at(field, list, i), i);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

/* The keys of a mapping must differ. */
static fpl_status check_keys(linker *l, const fpli_field *field, const fpli_list *list)
{
    const size_t offset = field->record->fields[0].offset;
    uint64_t seen[(FPL_DESCRIPTORS_MAX + 63) / 64] = {0};
    for (int i = 0; i < list->n; i++) {
        const char *item = item_at(field, list, i);
        const fpl_ref *key = (const fpl_ref *)(item + offset);
        if (key->index < 0) continue;
        uint64_t bit = (uint64_t)1 << key->index % 64;
        if (seen[key->index / 64] & bit)
            return fpli_model_fail(l->model, ((const fpl_head *)item)->mark, l->error,
                                   "'%s' stands twice under '%s'", key->id, field->key);
        seen[key->index / 64] |= bit;
    }
    return FPL_OK;
}

static fpl_status link_field(void *context, const fpli_field *field, void *base)
{
    linker *l = context;
    void *member = fpli_member(base, field);
    fpl_status status = FPL_OK;
    if ((field->flags & FPLI_REQUIRED) && fpli_field_is_empty(field, base))
        return fpli_model_fail(l->model, l->head->mark, l->error, "this %s has no '%s'",
                               fpli_translated(l->error, l->record->name), field->key);
    switch (field->type) {
    case FPLI_REF: status = link_ref(l, field, member); break;
    case FPLI_REFS: {
        fpl_refs *refs = member;
        for (int i = 0; i < refs->n && status == FPL_OK; i++)
            status = link_ref(l, field, &refs->items[i]);
        break;
    }
    case FPLI_CONDITION: status = link_condition(l, member); break;
    case FPLI_RECORD: {
        fpl_ref none = {.index = -1};
        if (!fpli_field_is_empty(field, base))
            status = link_record(l, field->record, member, 0);
        else if (field->record->fields[0].type == FPLI_REF)
            memcpy(fpli_member(member, &field->record->fields[0]), &none, sizeof none);
        break;
    }
    case FPLI_RECORDS: status = link_list(l, field, member); break;
    case FPLI_MAP:
        status = link_list(l, field, member);
        if (status == FPL_OK) status = check_keys(l, field, member);
        break;
    default: break;
    }
    if (status == FPL_OK && (field->flags & FPLI_SCOPE))
        l->scope = field->type == FPLI_ID ? l->item : ((fpl_ref *)member)->index;
    return status;
}

static fpl_status link_record(linker *l, const fpli_record *record, void *base, int item)
{
    const linker outer = *l;
    l->head = base;
    l->record = record;
    l->item = item;
    fpl_status status = fpli_record_each(record, base, link_field, l);
    l->scope = outer.scope;
    l->head = outer.head;
    l->record = outer.record;
    l->item = outer.item;
    return status;
}

/* The name of the level must be known before measures and gates speak of its variants, which the
 * order of the field table does not promise. */
static fpl_status link_level(linker *l)
{
    l->head = &l->model->content.head;
    return link_ref(l, content_field("level"), &l->model->content.level);
}

static fpl_status enter_all_ids(linker *l)
{
    fpl_status status = FPL_OK;
    for (int i = 0; i < fpli_content_record.n_fields && status == FPL_OK; i++) {
        const fpli_field *field = &fpli_content_record.fields[i];
        if (field->type != FPLI_RECORDS || !has_ids(field->record)) continue;
        if (strcmp(field->key, "descriptors") == 0) continue; /* stand in the model */
        fpli_names own = {0};
        fpli_names *names = &own;
        for (int t = 0; t < N_TARGETS; t++)
            if (targets[t].key != NULL && strcmp(targets[t].key, field->key) == 0)
                names = &l->names[t];
        status = enter_ids(l->model, field->record,
                           fpli_member(&l->model->content, field), "", names, l->error);
        fpli_names_clear(&own);
    }
    if (status != FPL_OK) return status;
    fpli_names rules = {0};
    const fpli_field *regime = content_field("regime");
    status = enter_ids(l->model, regime->record->fields[1].record,
                       (fpli_list *)(void *)&l->model->content.regime.rules, "", &rules,
                       l->error);
    fpli_names_clear(&rules);
    return status;
}

fpl_status fpli_model_enter_descriptors(fpl_model *model, fpl_error *error)
{
    const fpli_field *field = content_field("descriptors");
    return enter_ids(model, field->record, fpli_member(&model->content, field), "",
                     &model->descriptors, error);
}

fpl_status fpli_model_check_variants(const fpl_model *model, int descriptor,
                                     fpl_error *error)
{
    const fpli_field *field = content_field("descriptors");
    fpl_descriptor *d = &model->content.descriptors.items[descriptor];
    char within[FPL_ERROR_TEXT];
    const int n = field->record->n_fields;
    const fpli_field *variants = &field->record->fields[n - 1];
    fpli_names names = {0};
    snprintf(within, sizeof within, fpli_translated(error, N_(" in descriptor '%.200s'")),
             d->id);
    fpl_status status = enter_ids(model, variants->record,
                                  (fpli_list *)(void *)&d->variants, within, &names,
                                  error);
    fpli_names_clear(&names);
    return status;
}

fpl_status fpli_model_resolve(fpl_model *model, fpl_error *error)
{
    linker l = {.model = model, .error = error, .scope = -1};
    fpl_status status = FPL_OK;
    FPL_TRY(enter_all_ids(&l));
    FPL_TRY(link_level(&l));
    FPL_TRY(link_record(&l, &fpli_content_record, &model->content, 0));
out:
    for (int t = 0; t < N_TARGETS; t++) fpli_names_clear(&l.names[t]);
    return status;
}
