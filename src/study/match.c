/* Matching two models.
 *
 * Items of a list are the same if they have the same id (or, without ids, state the same of what
 * they must state). Of those left over, one is taken to be renamed if exactly one item on the other
 * side has its name in some language, or else says all the same; or if it says the same and stands
 * at the same place of a list of the same length. Whatever could be read in two ways stays removed
 * and added. */
#include "study/match.h"

#include "base/status.h"

#include <string.h>

/* What is compared of each item; index [side][item]. */
typedef struct pairing {
    const fpli_match *match;
    fpli_two_lists *lists;
    char **identity[2];
    char **rest[2];
} pairing;

typedef bool (*likeness)(const pairing *p, int i, int j);

static void join(const pairing *p, int i, int j)
{
    p->lists->partner[FPLI_OLD][i] = j;
    p->lists->partner[FPLI_NEW][j] = i;
}

/* ---- by id --------------------------------------------------------------------------------- */

/* Items that occur twice are matched in their order. */
static void pair_same_identity(const pairing *p)
{
    for (int i = 0; i < p->lists->list[FPLI_OLD].n; i++)
        for (int j = 0; j < p->lists->list[FPLI_NEW].n; j++) {
            if (p->lists->partner[FPLI_NEW][j] >= 0 ||
                strcmp(p->identity[FPLI_OLD][i], p->identity[FPLI_NEW][j]) != 0)
                continue;
            join(p, i, j);
            break;
        }
}

/* ---- renamed ------------------------------------------------------------------------------- */

static const fpl_text *name_of(const pairing *p, int side, int i)
{
    const fpli_record *record = p->lists->record;
    for (int f = 0; f < record->n_fields; f++)
        if (record->fields[f].type == FPLI_TEXT)
            return (const fpl_text *)((const char *)fpli_item(p->lists, side, i) +
                                      record->fields[f].offset);
    return NULL;
}

static bool same_name(const pairing *p, int i, int j)
{
    const fpl_text *a = name_of(p, FPLI_OLD, i), *b = name_of(p, FPLI_NEW, j);
    if (a == NULL) return false;
    for (int k = 0; k < a->n; k++)
        for (int l = 0; l < b->n; l++)
            if (strcmp(a->items[k].text, b->items[l].text) == 0) return true;
    return false;
}

static bool same_rest(const pairing *p, int i, int j)
{
    return *p->rest[FPLI_OLD][i] != '\0' &&
           strcmp(p->rest[FPLI_OLD][i], p->rest[FPLI_NEW][j]) == 0;
}

static bool same_place(const pairing *p, int i, int j)
{
    return i == j && fpli_has_id(p->lists->record) &&
           p->lists->list[FPLI_OLD].n == p->lists->list[FPLI_NEW].n &&
           strcmp(p->rest[FPLI_OLD][i], p->rest[FPLI_NEW][j]) == 0;
}

/* The only item of the other side that is still alone and like this one; -1: none or several. */
static int only_one(const pairing *p, int side, int i, likeness like)
{
    const int other = 1 - side;
    int found = -1;
    for (int j = 0; j < p->lists->list[other].n; j++) {
        if (p->lists->partner[other][j] >= 0) continue;
        if (!(side == FPLI_OLD ? like(p, i, j) : like(p, j, i))) continue;
        if (found >= 0) return -1;
        found = j;
    }
    return found;
}

static void pair_renamed(const pairing *p, likeness like)
{
    for (int i = 0; i < p->lists->list[FPLI_OLD].n; i++) {
        if (p->lists->partner[FPLI_OLD][i] >= 0) continue;
        const int j = only_one(p, FPLI_OLD, i, like);
        if (j >= 0 && only_one(p, FPLI_NEW, j, like) == i) join(p, i, j);
    }
}

/* ---- lists --------------------------------------------------------------------------------- */

static char *rendered(const pairing *p, int side, int i,
                      void (*render)(const fpli_rendering *, const fpli_record *,
                                     const void *, fpli_buffer *))
{
    const fpli_rendering r = {p->match, side, p->lists->scope[side], true};
    fpli_buffer buffer = {0};
    render(&r, p->lists->record, fpli_item(p->lists, side, i), &buffer);
    fpli_put(&buffer, "");
    char *kept = buffer.broken
                     ? NULL
                     : fpli_arena_text(p->match->arena, buffer.text, buffer.size);
    fpli_buffer_clear(&buffer);
    return kept;
}

static fpl_status prepare(pairing *p, int side)
{
    const size_t n = (size_t)p->lists->list[side].n;
    fpli_arena *arena = p->match->arena;
    int *partner = fpli_arena_alloc(arena, n, sizeof *partner);
    p->lists->partner[side] = partner;
    p->identity[side] = fpli_arena_alloc(arena, n, sizeof(char *));
    p->rest[side] = fpli_arena_alloc(arena, n, sizeof(char *));
    if (partner == NULL || p->identity[side] == NULL || p->rest[side] == NULL)
        return FPL_E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        partner[i] = -1;
        p->identity[side][i] = rendered(p, side, (int)i, fpli_render_identity);
        if (p->identity[side][i] == NULL) return FPL_E_MEMORY;
    }
    return FPL_OK;
}

/* What an item says is asked only of those left over. */
static fpl_status render_left_over(pairing *p, int side)
{
    for (int i = 0; i < p->lists->list[side].n; i++) {
        if (p->lists->partner[side][i] >= 0) continue;
        p->rest[side][i] = rendered(p, side, i, fpli_render_rest);
        if (p->rest[side][i] == NULL) return FPL_E_MEMORY;
    }
    return FPL_OK;
}

fpl_status fpli_match_lists(const fpli_match *match, fpli_two_lists *lists)
{
    static const likeness likenesses[] = {same_name, same_rest, same_place};
    pairing p = {.match = match, .lists = lists};
    fpl_status status = FPL_OK;
    for (int side = 0; side < 2; side++) FPL_TRY(prepare(&p, side));
    pair_same_identity(&p);
    for (int side = 0; side < 2; side++) FPL_TRY(render_left_over(&p, side));
    for (size_t k = 0; k < sizeof likenesses / sizeof *likenesses; k++)
        pair_renamed(&p, likenesses[k]);
out:
    return status;
}

/* ---- models -------------------------------------------------------------------------------- */

static fpl_status match_part(fpli_match *match, int f)
{
    const fpli_field *field = &fpli_content_record.fields[f];
    fpli_two_lists lists = {.record = field->record, .scope = {-1, -1}};
    for (int side = 0; side < 2; side++)
        lists.list[side] = *(
            const fpli_list *)((const char *)&match->models[side]->content +
                               field->offset);
    const fpl_status status = fpli_match_lists(match, &lists);
    for (int side = 0; side < 2; side++) match->partner[side][f] = lists.partner[side];
    return status;
}

static fpl_status match_variants(fpli_match *match)
{
    for (int side = 0; side < 2; side++) {
        const int n = match->models[side]->n_all_variants;
        match->variants[side] = fpli_arena_alloc(match->arena, (size_t)n, sizeof(int));
        if (match->variants[side] == NULL) return FPL_E_MEMORY;
        for (int v = 0; v < n; v++) match->variants[side][v] = -1;
    }
    const fpl_model *const *models = match->models;
    const fpli_field *field = &fpli_content_record.fields[match->descriptors];
    const fpli_record *record = NULL;
    for (int f = 0; f < field->record->n_fields; f++)
        if (field->record->fields[f].offset == offsetof(fpl_descriptor, variants))
            record = field->record->fields[f].record;
    for (int d = 0; d < models[FPLI_OLD]->n_descriptors; d++) {
        const int e = fpli_match_descriptor(match, FPLI_OLD, d);
        if (e < 0) continue;
        const fpl_descriptor *both[] = {&models[0]->content.descriptors.items[d],
                                        &models[1]->content.descriptors.items[e]};
        fpli_two_lists lists = {.record = record, .scope = {d, e}};
        for (int side = 0; side < 2; side++)
            lists.list[side] = (fpli_list){both[side]->variants.items,
                                           both[side]->variants.n};
        if (fpli_match_lists(match, &lists) != FPL_OK) return FPL_E_MEMORY;
        const int at[] = {models[0]->offset[d], models[1]->offset[e]};
        for (int side = 0; side < 2; side++)
            for (int v = 0; v < lists.list[side].n; v++)
                match->variants[side][at[side] + v] = lists.partner[side][v];
    }
    return FPL_OK;
}

/* Descriptors before all else: other lists name them. Impacts are told apart by the descriptors they
 * join and need no partner. */
fpl_status fpli_match_new(const fpl_model *old, const fpl_model *new, fpli_match **match)
{
    fpl_status status = FPL_OK;
    fpli_match *m = fpli_new(1, sizeof *m);
    if (m == NULL) return FPL_E_MEMORY;
    *m = (fpli_match){.models = {old, new}, .arena = fpli_arena_new(), .descriptors = -1};
    FPL_TRY(m->arena == NULL ? FPL_E_MEMORY : FPL_OK);
    const fpli_record *record = &fpli_content_record;
    for (int f = 0; f < record->n_fields; f++)
        if (record->fields[f].offset == offsetof(fpl_content, descriptors))
            m->descriptors = f;
    FPL_TRY(match_part(m, m->descriptors));
    FPL_TRY(match_variants(m));
    for (int f = 0; f < record->n_fields; f++)
        if (record->fields[f].type == FPLI_RECORDS && f != m->descriptors &&
            record->fields[f].offset != offsetof(fpl_content, impacts))
            FPL_TRY(match_part(m, f));
    *match = m;
    m = NULL;
out:
    fpli_match_free(m);
    return status;
}

void fpli_match_free(fpli_match *match)
{
    if (match == NULL) return;
    fpli_arena_free(match->arena);
    fpli_free(match);
}

int fpli_match_descriptor(const fpli_match *match, int side, int descriptor)
{
    const int *partner = match->partner[side][match->descriptors];
    return partner == NULL || descriptor < 0 ? -1 : partner[descriptor];
}

int fpli_match_variant(const fpli_match *match, int side, int descriptor, int variant)
{
    if (match->variants[side] == NULL || descriptor < 0 || variant < 0) return -1;
    return match->variants[side][match->models[side]->offset[descriptor] + variant];
}
