/* Influences read off the judgements, section by section. */
#include "study/influence.h"

#include <stdlib.h>

bool fpli_acts_on(const fpl_model *model, int i, int j)
{
    for (int a = 0; a < fpl_model_n_variants(model, i); a++)
        for (int b = 1; b < fpl_model_n_variants(model, j); b++)
            if (fpl_model_judgement(model, i, a, j, b) !=
                fpl_model_judgement(model, i, a, j, 0))
                return true;
    return false;
}

int64_t fpli_strength(const fpl_model *model, int i, int j)
{
    int64_t sum = 0;
    for (int a = 0; a < fpl_model_n_variants(model, i); a++)
        for (int b = 0; b < fpl_model_n_variants(model, j); b++)
            sum += abs(fpl_model_judgement(model, i, a, j, b));
    return sum;
}

int64_t fpli_lift(const fpl_model *model, int i, int j)
{
    if (!fpl_model_is_ordered(model, i) || !fpl_model_is_ordered(model, j)) return 0;
    const int hi = fpl_model_n_variants(model, i) - 1;
    const int top = fpl_model_n_variants(model, j) - 1;
    const int64_t high = fpl_model_judgement(model, i, hi, j, top) -
                         fpl_model_judgement(model, i, hi, j, 0);
    const int64_t low = fpl_model_judgement(model, i, 0, j, top) -
                        fpl_model_judgement(model, i, 0, j, 0);
    return high - low;
}

/* The best that variant b of j can do against c: max over scenarios of th_j,b - th_j,c, M2.1. */
static int64_t best_difference(const fpl_model *model, int j, int b, int c)
{
    int64_t sum = fpl_model_judgement(model, j, b, j, b) -
                  fpl_model_judgement(model, j, b, j, c);
    for (int i = 0; i < fpl_model_n_descriptors(model); i++) {
        int best = INT32_MIN;
        for (int a = 0; a < fpl_model_n_variants(model, i); a++) {
            const int difference = fpl_model_judgement(model, i, a, j, b) -
                                   fpl_model_judgement(model, i, a, j, c);
            if (difference > best) best = difference;
        }
        if (i != j) sum += best;
    }
    return sum;
}

int fpli_dominating_rival(const fpl_model *model, int j, int b, int64_t *best)
{
    for (int c = 0; c < fpl_model_n_variants(model, j); c++) {
        if (b == c) continue;
        const int64_t difference = best_difference(model, j, b, c);
        if (difference >= 0) continue;
        *best = difference;
        return c;
    }
    return -1;
}
