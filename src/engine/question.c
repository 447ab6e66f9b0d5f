/* Digests of questions. */
#include "engine/question.h"

#include "base/checkpoint.h"
#include "model/formula.h"
#include "model/version.h"

void fpli_question_start(fpli_sha256 *question)
{
    fpli_sha256_start(question);
}

void fpli_question_add(fpli_sha256 *question, uint64_t number)
{
    unsigned char little[8];
    for (int i = 0; i < 8; i++) little[i] = (unsigned char)(number >> 8 * i);
    fpli_sha256_add(question, little, sizeof little);
}

/* In the order of the descriptors: how they were written down decides nothing. */
void fpli_question_add_held(fpli_sha256 *question, const fpl_model *model,
                            const fpl_fixing *held, int n_held)
{
    for (int d = 0; d < fpl_model_n_descriptors(model); d++)
        for (int h = 0; h < n_held; h++)
            if (held[h].descriptor == d) {
                fpli_question_add(question, (uint64_t)d + 1);
                fpli_question_add(question, held[h].variant);
            }
    fpli_question_add(question, 0);
}

void fpli_question_add_query(fpli_sha256 *question, const fpl_model *model,
                             const fpl_query *query)
{
    const fpl_query usual = {0};
    if (query == NULL) query = &usual;
    fpli_question_add_held(question, model, query->fixed, query->n_fixed);
    fpli_question_add(question, query->reading == FPL_DO && query->n_fixed > 0);
    fpli_question_add(question, query->strict);
    fpli_question_add(question, query->use_total);
    fpli_question_add(question, query->use_total ? (uint64_t)query->max_total
                                                 : (uint64_t)query->max_inconsistency);
    if (query->where != NULL) fpli_formula_hash(query->where, question);
}

fpl_status fpli_question_begin(fpli_sha256 *question, const fpl_model *model,
                               const char *task, const fpl_limits *limits,
                               fpl_error *error)
{
    char digest[FPLI_DIGEST_TEXT];
    const fpli_binding binding = {fpl_version(), fpl_model_digest(model), task, digest};
    fpli_sha256_text(question, digest);
    return fpli_checkpoint_begin(limits, &binding, error);
}
