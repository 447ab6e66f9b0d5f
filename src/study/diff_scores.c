/* Judgements of two models, value by value, and what is said of their groups and sections. */
#include "study/diff.h"

#include "base/status.h"

#include <string.h>

/* A judgement group on both sides: the section, the source variant, the target; -1: absent. */
typedef struct group {
    const fpl_impact *impact[2];
    int from[2], variant[2], to[2];
} group;

static const fpl_scores *scores_of(const group *g, int side)
{
    if (g->impact[side] == NULL || g->variant[side] < 0) return NULL;
    for (int i = 0; i < g->impact[side]->scores.n; i++)
        if (g->impact[side]->scores.items[i].variant.index == g->variant[side])
            return &g->impact[side]->scores.items[i];
    return NULL;
}

static const char *group_name(fpli_walk *w, const group *g)
{
    const int side = g->variant[FPL_OLD] >= 0 ? FPL_OLD : FPL_NEW;
    const fpl_model *m = w->d->match->models[side];
    fpli_buffer buffer = {0};
    fpli_putf(&buffer, "%s.%s->%s", fpl_model_descriptor_id(m, g->from[side]),
              fpl_model_variant_id(m, g->from[side], g->variant[side]),
              fpl_model_descriptor_id(m, g->to[side]));
    return fpli_diff_keep(w, &buffer);
}

static bool is_zero(const char *value)
{
    return value == NULL || strcmp(value, "0") == 0;
}

static const char *score_of(fpli_walk *w, const group *g, int side, int target)
{
    const fpl_scores *scores = scores_of(g, side);
    fpli_buffer buffer = {0};
    if (scores == NULL || target < 0) return NULL;
    fpli_render_decimal(scores->values.items[target], &buffer);
    return fpli_diff_keep(w, &buffer);
}

/* Returns whether the values differ. */
static bool compare_score(fpli_walk *w, const group *g, const char *name,
                          const int target[2])
{
    const char *values[2];
    const int named = target[FPL_OLD] >= 0 ? FPL_OLD : FPL_NEW;
    fpl_change change = {.field = "", .is_judgement = true};
    for (int side = 0; side < 2; side++) {
        values[side] = score_of(w, g, side, target[side]);
        if (g->impact[side] != NULL && g->variant[side] >= 0)
            change.reason[side] = fpl_model_reason(
                w->d->match->models[side], g->from[side], g->variant[side], g->to[side]);
    }
    if (is_zero(values[FPL_OLD]) && is_zero(values[FPL_NEW])) return false;
    if (values[FPL_OLD] != NULL && values[FPL_NEW] != NULL &&
        strcmp(values[FPL_OLD], values[FPL_NEW]) == 0)
        return false;
    change.kind = fpli_diff_kind(values[FPL_OLD], values[FPL_NEW]);
    change.item = fpli_diff_join(
        w, name, ".",
        fpl_model_variant_id(w->d->match->models[named], g->to[named], target[named]));
    change.before = values[FPL_OLD];
    change.after = values[FPL_NEW];
    fpli_diff_note(w, change);
    return true;
}

static bool compare_scores(fpli_walk *w, const group *g, const char *name)
{
    const fpli_match *match = w->d->match;
    bool differs = false;
    for (int side = 0; side < 2; side++) {
        if (g->to[side] < 0) continue;
        for (int v = 0; v < fpl_model_n_variants(match->models[side], g->to[side]); v++) {
            int target[2];
            target[side] = v;
            target[1 - side] = fpli_match_variant(match, side, g->to[side], v);
            if (side == FPL_NEW && target[FPL_OLD] >= 0) continue;
            differs = compare_score(w, g, name, target) || differs;
        }
    }
    return differs;
}

/* "0 0 0": nothing but zeros, and yet judged on one side and not on the other. */
static void compare_judged(fpli_walk *w, const group *g, const char *name)
{
    const bool judged[] = {scores_of(g, FPL_OLD) != NULL, scores_of(g, FPL_NEW) != NULL};
    if (judged[FPL_OLD] == judged[FPL_NEW]) return;
    fpli_diff_note(
        w, (fpl_change){.kind = judged[FPL_OLD] ? FPL_CHANGE_REMOVED : FPL_CHANGE_ADDED,
                        .item = name,
                        .field = "scores",
                        .before = judged[FPL_OLD] ? "0" : NULL,
                        .after = judged[FPL_NEW] ? "0" : NULL});
}

static const fpl_reason *own_reason(const group *g, int side)
{
    if (g->impact[side] == NULL) return NULL;
    for (int i = 0; i < g->impact[side]->because.n; i++)
        if (g->impact[side]->because.items[i].variant.index == g->variant[side])
            return &g->impact[side]->because.items[i];
    return NULL;
}

static void compare_group(fpli_walk *w, const group *g, const fpli_record *reasons)
{
    const char *name = group_name(w, g);
    if (!compare_scores(w, g, name)) compare_judged(w, g, name);
    fpli_both b = {.record = reasons, .item = name, .prefix = "because."};
    for (int side = 0; side < 2; side++) {
        b.base[side] = own_reason(g, side);
        b.scope[side] = g->from[side];
    }
    if (b.base[FPL_OLD] == NULL && b.base[FPL_NEW] == NULL) return;
    for (int f = 1; f < reasons->n_fields; f++) /* the first is the variant */
        fpli_diff_member(w, &b, &reasons->fields[f]);
    fpli_diff_extras(w, &b);
}

static const fpli_field *field_of(const fpli_record *record, const char *key)
{
    for (int f = 0; f < record->n_fields; f++)
        if (record->fields[f].key != NULL && strcmp(record->fields[f].key, key) == 0)
            return &record->fields[f];
    return NULL;
}

/* Groups in the order of the source variants, then what the section says besides. */
static void compare_section(fpli_walk *w, const fpli_record *record, group g)
{
    const fpli_match *match = w->d->match;
    const fpli_record *reasons = field_of(record, "because")->record;
    for (int side = 0; side < 2; side++) {
        if (g.from[side] < 0) continue;
        for (int v = 0; v < fpl_model_n_variants(match->models[side], g.from[side]);
             v++) {
            g.variant[side] = v;
            g.variant[1 - side] = fpli_match_variant(match, side, g.from[side], v);
            if (side == FPL_OLD || g.variant[FPL_OLD] < 0) compare_group(w, &g, reasons);
        }
    }
    const int named = g.impact[FPL_OLD] != NULL ? FPL_OLD : FPL_NEW;
    fpli_both b = {.record = record,
                   .base = {g.impact[FPL_OLD], g.impact[FPL_NEW]},
                   .scope = {g.from[FPL_OLD], g.from[FPL_NEW]},
                   .item = fpli_diff_identity(w, record, g.impact[named], named, -1),
                   .prefix = ""};
    fpli_diff_member(w, &b, field_of(record, "note"));
    fpli_diff_member(w, &b, field_of(record, "others"));
    fpli_diff_extras(w, &b);
}

void fpli_diff_impacts(fpli_walk *w, const fpli_record *record)
{
    const fpli_match *match = w->d->match;
    for (int side = 0; side < 2; side++) {
        const fpl_model *m = match->models[side], *o = match->models[1 - side];
        for (int i = 0; i < m->content.impacts.n; i++) {
            const fpl_impact *impact = &m->content.impacts.items[i];
            group g = {.variant = {-1, -1}};
            g.impact[side] = impact;
            g.from[side] = impact->from.index;
            g.to[side] = impact->to.index;
            g.from[1 - side] = fpli_match_descriptor(match, side, impact->from.index);
            g.to[1 - side] = fpli_match_descriptor(match, side, impact->to.index);
            if (g.from[1 - side] >= 0 && g.to[1 - side] >= 0)
                g.impact[1 - side] = fpl_model_impact(o, g.from[1 - side],
                                                      g.to[1 - side]);
            if (side == FPL_NEW && g.impact[FPL_OLD] != NULL) continue;
            compare_section(w, record, g);
        }
    }
}
