/* Rules about a model that the field table cannot express. Each check is one short function; the
 * first complaint ends them. */
#include "model/model.h"

#include "base/status.h"

#include <string.h>

static fpl_mark mark_of(fpl_mark mark, const fpl_head *head)
{
    return mark.line > 0 ? mark : head->mark;
}

static fpl_status check_ordered_choice(const fpl_model *model, const fpl_ref *ref,
                                       const char *what, fpl_error *error)
{
    if (ref->index < 0) return FPL_OK;
    const fpl_descriptor *d = &model->content.descriptors.items[ref->index];
    if (d->ordered == FPL_YES && d->kind == FPL_CHOICE) return FPL_OK;
    fpli_model_fail(model, mark_of(ref->mark, &d->head), error,
                    "the %s must be an ordered choice, and descriptor '%s' is %s",
                    fpli_translated(error, what), d->id,
                    fpli_translated(error, d->kind != FPL_CHOICE ? N_("no choice")
                                                                 : N_("not ordered")));
    fpli_note(error, d->head.mark, "say 'kind: choice' and 'ordered: yes' there");
    return FPL_E_MODEL;
}

static fpl_status check_descriptors(const fpl_model *model, fpl_error *error)
{
    for (int i = 0; i < model->content.descriptors.n; i++) {
        const fpl_descriptor *d = &model->content.descriptors.items[i];
        if (d->actor.index >= 0 && d->kind != FPL_CHOICE)
            return fpli_model_fail(model, mark_of(d->actor.mark, &d->head), error,
                                   "descriptor '%s' has an actor but is no choice",
                                   d->id);
        for (int m = 0; m < d->never.n; m++) {
            const fpl_move *move = &d->never.items[m];
            if (move->from.index == move->to.index)
                return fpli_model_fail(model, move->head.mark, error,
                                       "a move from '%s' to itself cannot be forbidden",
                                       move->from.id);
        }
    }
    return FPL_OK;
}

/* Each section once; each row as long as the target has variants. */
static fpl_status check_rows(const fpl_model *model, const fpl_ref *to,
                             const fpl_scores *scores, fpl_error *error)
{
    const int k = fpl_model_n_variants(model, to->index);
    if (scores->values.n == k) return FPL_OK;
    return fpli_model_fail(model, scores->head.mark, error,
                           "scores in the row '%s': %d, variants of descriptor '%s': %d",
                           scores->variant.id, scores->values.n, to->id, k);
}

static fpl_status check_section(const fpl_model *model, const fpl_impact *impact,
                                fpl_error *error)
{
    fpl_status status = FPL_OK;
    for (int r = 0; r < impact->scores.n && status == FPL_OK; r++)
        status = check_rows(model, &impact->to, &impact->scores.items[r], error);
    for (int o = 0; o < impact->others.n; o++) {
        const fpl_opinion *opinion = &impact->others.items[o];
        for (int r = 0; r < opinion->scores.n && status == FPL_OK; r++)
            status = check_rows(model, &impact->to, &opinion->scores.items[r], error);
    }
    return status;
}

static fpl_status check_sections(const fpl_model *model, fpl_error *error)
{
    for (int i = 0; i < model->content.impacts.n; i++) {
        const fpl_impact *impact = &model->content.impacts.items[i];
        const fpl_impact *entered = fpl_model_impact(model, impact->from.index,
                                                     impact->to.index);
        if (entered != impact) {
            fpli_model_fail(model, impact->head.mark, error,
                            "the section %s -> %s stands twice", impact->from.id,
                            impact->to.id);
            fpli_note(error, entered->head.mark, "it stands here first; join the two");
            return FPL_E_MODEL;
        }
        fpl_status status = check_section(model, impact, error);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

/* Dates of different precision: 2024 begins with 2024-01. */
static bool later(const char *a, const char *b)
{
    return strcmp(a, b) > 0 && strncmp(a, b, strlen(b)) != 0;
}

static fpl_status check_rules(const fpl_model *model, fpl_error *error)
{
    for (int i = 0; i < model->content.regime.rules.n; i++) {
        const fpl_rule *rule = &model->content.regime.rules.items[i];
        if (rule->from != NULL && rule->until != NULL && later(rule->from, rule->until))
            return fpli_model_fail(model, rule->head.mark, error,
                                   "rule '%s' ends (%s) before it begins (%s)", rule->id,
                                   rule->until, rule->from);
    }
    return FPL_OK;
}

static fpl_status check_gates(const fpl_model *model, fpl_error *error)
{
    for (int i = 0; i < model->content.gates.n; i++) {
        const fpl_gate *gate = &model->content.gates.items[i];
        if (gate->level.id != NULL && gate->measure.id != NULL)
            return fpli_model_fail(
                model, gate->head.mark, error,
                "gate '%s' names a level and a measure; one of them is meant", gate->id);
    }
    return FPL_OK;
}

static fpl_status check_hedges(const fpl_model *model, fpl_error *error)
{
    for (int i = 0; i < model->content.hedges.n; i++) {
        const fpl_hedge *hedge = &model->content.hedges.items[i];
        if (!hedge->low.stated || !hedge->high.stated)
            return fpli_model_fail(model, hedge->head.mark, error,
                                   "the hedge '%s' needs both 'low' and 'high'",
                                   fpl_text_in(&hedge->words, "en"));
        if (hedge->low.value > hedge->high.value)
            return fpli_model_fail(
                model, hedge->head.mark, error, "the hedge '%s' has low %g above high %g",
                fpl_text_in(&hedge->words, "en"), hedge->low.value, hedge->high.value);
    }
    return FPL_OK;
}

static fpl_status check_roadmap(const fpl_model *model, fpl_error *error)
{
    const fpl_refs *drivers = &model->content.roadmap.drivers;
    for (int i = 0; i < drivers->n; i++) {
        const fpl_ref *driver = &drivers->items[i];
        if (driver->index == fpl_model_level(model))
            return fpli_model_fail(
                model, driver->mark, error,
                "'%s' is the level and cannot be a driver of the roadmap", driver->id);
        for (int k = 0; k < i; k++)
            if (drivers->items[k].index == driver->index)
                return fpli_model_fail(model, driver->mark, error,
                                       "the roadmap names driver '%s' twice", driver->id);
    }
    return FPL_OK;
}

fpl_status fpli_model_check(const fpl_model *model, fpl_error *error)
{
    fpl_status status = FPL_OK;
    FPL_TRY(check_descriptors(model, error));
    FPL_TRY(check_ordered_choice(model, &model->content.level, "level", error));
    FPL_TRY(
        check_ordered_choice(model, &model->content.stance.descriptor, "stance", error));
    FPL_TRY(check_sections(model, error));
    FPL_TRY(check_rules(model, error));
    FPL_TRY(check_gates(model, error));
    FPL_TRY(check_hedges(model, error));
    FPL_TRY(check_roadmap(model, error));
out:
    return status;
}
