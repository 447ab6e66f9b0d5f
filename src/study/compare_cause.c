/* Why a scenario of one model does not hold in the other: the inequality that is violated there, how it
 * stood before, and which judgements make the difference. */
#include "study/compare.h"

#include "base/status.h"

#include <stdlib.h>
#include <string.h>

int fpli_held_at(const fpli_holding *holding, int side, int descriptor)
{
    for (int i = 0; i < holding->n[side]; i++)
        if (holding->items[side][i].descriptor == descriptor)
            return holding->items[side][i].variant;
    return -1;
}

void fpli_image_of(const fpl_comparison *c, int side, const uint16_t *z,
                   fpli_image *image)
{
    const int other = 1 - side;
    image->is_full = image->exists = true;
    for (int e = 0; e < fpl_model_n_descriptors(c->models[other]); e++) {
        const int d = fpli_match_descriptor(c->match, other, e);
        const int v = d < 0 ? -1 : fpli_match_variant(c->match, side, d, z[d]);
        if (d < 0) image->is_full = false;
        if (d >= 0 && v < 0) image->exists = false;
        image->z[e] = (uint16_t)(v < 0 ? 0 : v);
    }
}

uint16_t *fpli_keep_scenario(const fpl_comparison *c, int side, const uint16_t *z)
{
    const size_t n = (size_t)fpl_model_n_descriptors(c->models[side]);
    uint16_t *kept = fpli_arena_alloc(c->match->arena, n, sizeof *kept);
    if (kept != NULL) memcpy(kept, z, n * sizeof *z);
    return kept;
}

/* ---- one inequality ------------------------------------------------------------------------ */

/* What `from` in z says for the chosen variant and against the rival, in the common unit. */
static int32_t weight(const fpl_comparison *c, const fpl_cause *cause, int side, int from,
                      int variant)
{
    if (!cause->known[side] || from < 0 || variant < 0) return 0;
    const fpl_model *m = c->models[side];
    const int d = cause->descriptor[side];
    return c->unit[side] *
           (fpl_model_judgement(m, from, variant, d, cause->chosen[side]) -
            fpl_model_judgement(m, from, variant, d, cause->rival[side]));
}

static fpl_status contribute(const fpl_comparison *c, fpl_cause *cause, const int from[2],
                             const uint16_t *const z[2])
{
    fpl_contribution item = {.from = {from[0], from[1]}, .from_variant = {-1, -1}};
    for (int side = 0; side < 2; side++) {
        if (from[side] < 0) continue;
        item.from_variant[side] = z[side][from[side]];
        item.weight[side] = weight(c, cause, side, from[side], item.from_variant[side]);
        cause->lead[side] += item.weight[side];
        if (cause->descriptor[side] >= 0)
            item.reason[side] = fpl_model_reason(c->models[side], from[side],
                                                 item.from_variant[side],
                                                 cause->descriptor[side]);
    }
    if (item.weight[FPL_OLD] == item.weight[FPL_NEW]) return FPL_OK;
    fpl_contribution *added = fpli_list_append(c->match->arena, &cause->contributions,
                                               sizeof *added);
    if (added == NULL) return FPL_E_MEMORY;
    *added = item;
    return FPL_OK;
}

static int larger_first(const void *left, const void *right)
{
    const fpl_contribution *a = left, *b = right;
    const int32_t x = abs(a->weight[FPL_NEW] - a->weight[FPL_OLD]);
    const int32_t y = abs(b->weight[FPL_NEW] - b->weight[FPL_OLD]);
    if (x != y) return x > y ? -1 : 1;
    if (a->from[FPL_OLD] != b->from[FPL_OLD])
        return a->from[FPL_OLD] < b->from[FPL_OLD] ? -1 : 1;
    return a->from[FPL_NEW] - b->from[FPL_NEW];
}

static fpl_status contributions(const fpl_comparison *c, fpl_cause *cause,
                                const uint16_t *const z[2])
{
    fpl_status status = FPL_OK;
    for (int side = 0; side < 2; side++)
        for (int d = 0; d < fpl_model_n_descriptors(c->models[side]); d++) {
            int from[2];
            from[side] = d;
            from[1 - side] = fpli_match_descriptor(c->match, side, d);
            if (side == FPL_NEW && from[FPL_OLD] >= 0) continue;
            FPL_TRY(contribute(c, cause, from, z));
        }
    if (cause->contributions.n > 1)
        qsort(cause->contributions.items, (size_t)cause->contributions.n,
              sizeof(fpl_contribution), larger_first);
out:
    return status;
}

static uint16_t *image_room(const fpl_comparison *c, int side)
{
    return fpli_new((size_t)fpl_model_n_descriptors(c->models[1 - side]),
                    sizeof(uint16_t));
}

fpl_status fpli_weigh(const fpl_comparison *c, const fpli_holding *holding, int side,
                      const uint16_t *z, int d, int chosen, int rival, fpl_cause *cause)
{
    const int other = 1 - side;
    fpli_image image = {.z = image_room(c, side)};
    if (image.z == NULL) return FPL_E_MEMORY;
    fpli_image_of(c, side, z, &image);
    const uint16_t *both[2];
    both[side] = z;
    both[other] = image.z;
    *cause = (fpl_cause){.kind = FPL_CAUSE_BALANCE, .exclusion = -1};
    cause->descriptor[side] = d;
    cause->chosen[side] = chosen;
    cause->rival[side] = rival;
    cause->descriptor[other] = fpli_match_descriptor(c->match, side, d);
    cause->chosen[other] = fpli_match_variant(c->match, side, d, chosen);
    cause->rival[other] = fpli_match_variant(c->match, side, d, rival);
    cause->known[side] = true;
    cause->known[other] = cause->chosen[other] >= 0 && cause->rival[other] >= 0;
    const fpl_status status = contributions(c, cause, both);
    const int e = cause->descriptor[other];
    const bool held = e >= 0 && fpli_held_at(holding, other, e) >= 0;
    cause->untested = held;
    cause->unlocked = cause->known[other] && cause->lead[other] < 0 && !held;
    fpli_free(image.z);
    return status;
}

/* ---- all that is against a scenario --------------------------------------------------------- */

static fpl_cause *add_cause(const fpl_comparison *c, fpl_shift *shift,
                            fpl_cause_kind kind)
{
    fpl_cause *cause = fpli_list_append(c->match->arena, &shift->causes, sizeof *cause);
    if (cause == NULL) return NULL;
    *cause = (fpl_cause){.kind = kind,
                         .descriptor = {-1, -1},
                         .chosen = {-1, -1},
                         .rival = {-1, -1},
                         .exclusion = -1};
    return cause;
}

static void name_descriptor(const fpl_comparison *c, fpl_cause *cause, int side, int d,
                            const uint16_t *z)
{
    cause->descriptor[side] = d;
    cause->chosen[side] = z[d];
    cause->descriptor[1 - side] = fpli_match_descriptor(c->match, side, d);
    cause->chosen[1 - side] = fpli_match_variant(c->match, side, d, z[d]);
}

static fpl_status missing_variants(const fpl_comparison *c, fpl_shift *shift)
{
    const int side = shift->side;
    for (int d = 0; d < fpl_model_n_descriptors(c->models[side]); d++) {
        if (fpli_match_descriptor(c->match, side, d) < 0 ||
            fpli_match_variant(c->match, side, d, shift->z[d]) >= 0)
            continue;
        fpl_cause *cause = add_cause(c, shift, FPL_CAUSE_VARIANT);
        if (cause == NULL) return FPL_E_MEMORY;
        name_descriptor(c, cause, side, d, shift->z);
    }
    return FPL_OK;
}

static fpl_status held_otherwise(const fpl_comparison *c, const fpli_holding *holding,
                                 fpl_shift *shift)
{
    const int side = shift->side, other = 1 - side;
    for (int i = 0; i < holding->n[other]; i++) {
        const fpl_fixing held = holding->items[other][i];
        const int d = fpli_match_descriptor(c->match, other, held.descriptor);
        if (d < 0 || fpli_match_variant(c->match, side, d, shift->z[d]) == held.variant)
            continue;
        fpl_cause *cause = add_cause(c, shift, FPL_CAUSE_HELD);
        if (cause == NULL) return FPL_E_MEMORY;
        name_descriptor(c, cause, side, d, shift->z);
        cause->rival[other] = held.variant;
        cause->rival[side] = fpli_match_variant(c->match, other, held.descriptor,
                                                held.variant);
    }
    return FPL_OK;
}

static fpl_status forbidden(const fpl_comparison *c, fpl_shift *shift,
                            const uint16_t *image)
{
    const fpl_content *content = fpl_model_content(c->models[1 - shift->side]);
    for (int e = 0; e < content->exclusions.n; e++) {
        if (!fpl_formula_holds(content->exclusions.items[e].when.formula, image))
            continue;
        fpl_cause *cause = add_cause(c, shift, FPL_CAUSE_EXCLUDED);
        if (cause == NULL) return FPL_E_MEMORY;
        cause->exclusion = e;
    }
    return FPL_OK;
}

/* The best variant that could be taken instead: M2.8. */
static int best_rival(const fpl_model *model, uint16_t *z, int d, const int32_t *balance)
{
    const int32_t *own = balance + fpl_model_offset(model, d);
    const uint16_t chosen = z[d];
    int best = -1;
    for (int v = 0; v < fpl_model_n_variants(model, d); v++) {
        if (v == chosen || (best >= 0 && own[v] <= own[best])) continue;
        z[d] = (uint16_t)v;
        if (!fpl_is_excluded(model, z)) best = v;
        z[d] = chosen;
    }
    return best;
}

static fpl_status outweighed(const fpl_comparison *c, const fpli_holding *holding,
                             fpl_shift *shift, uint16_t *image)
{
    const int side = shift->side, other = 1 - side;
    const fpl_model *m = c->models[other];
    const int n = fpl_model_n_descriptors(m);
    fpl_status status = FPL_OK;
    int32_t *balance = fpli_new((size_t)fpl_model_offset(m, n), sizeof *balance);
    int32_t *consistency = fpli_new((size_t)n, sizeof *consistency);
    FPL_TRY(balance == NULL || consistency == NULL ? FPL_E_MEMORY : FPL_OK);
    fpl_consistency(m, image, balance, consistency, NULL);
    fpl_balance(m, image, balance);
    for (int d = 0; d < n; d++) {
        if (consistency[d] >= 0 || fpli_held_at(holding, other, d) >= 0) continue;
        fpl_cause *cause = add_cause(c, shift, FPL_CAUSE_BALANCE);
        FPL_TRY(cause == NULL ? FPL_E_MEMORY : FPL_OK);
        FPL_TRY(fpli_weigh(c, holding, other, image, d, image[d],
                           best_rival(m, image, d, balance), cause));
    }
out:
    fpli_free(balance);
    fpli_free(consistency);
    return status;
}

static void worst_first(fpl_shift *shift)
{
    const int other = 1 - shift->side;
    for (int i = 1; i < shift->causes.n; i++) /* few, and stable */
        for (int k = i; k > 0 && shift->causes.items[k].lead[other] <
                                     shift->causes.items[k - 1].lead[other];
             k--) {
            const fpl_cause swapped = shift->causes.items[k];
            shift->causes.items[k] = shift->causes.items[k - 1];
            shift->causes.items[k - 1] = swapped;
        }
}

fpl_status fpli_find_causes(const fpl_comparison *c, const fpli_holding *holding,
                            fpl_shift *shift)
{
    fpl_status status = FPL_OK;
    fpli_image image = {.z = image_room(c, shift->side)};
    FPL_TRY(image.z == NULL ? FPL_E_MEMORY : FPL_OK);
    fpli_image_of(c, shift->side, shift->z, &image);
    FPL_TRY(missing_variants(c, shift));
    FPL_TRY(held_otherwise(c, holding, shift));
    if (shift->causes.n > 0) goto out;
    if (!image.is_full) {
        status = add_cause(c, shift, FPL_CAUSE_DESCRIPTOR) == NULL ? FPL_E_MEMORY
                                                                   : FPL_OK;
        goto out;
    }
    FPL_TRY(forbidden(c, shift, image.z));
    if (shift->causes.n > 0) goto out;
    FPL_TRY(outweighed(c, holding, shift, image.z));
    worst_first(shift);
out:
    fpli_free(image.z);
    return status;
}
