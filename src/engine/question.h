/* What a checkpoint must belong to: the model and all that decides an answer, as digests. */
#ifndef FPLI_QUESTION_H
#define FPLI_QUESTION_H

#include "base/hash.h"

#include <fahrplan/limits.h>
#include <fahrplan/scenarios.h>

/* Begin a question, add what decides the answer, then take up the checkpoint of the limits, if any.
 * End with fpli_checkpoint_end. */
void fpli_question_start(fpli_sha256 *question);
void fpli_question_add(fpli_sha256 *question, uint64_t number);
void fpli_question_add_held(fpli_sha256 *question, const fpl_model *model,
                            const fpl_fixing *held, int n_held);
void fpli_question_add_query(fpli_sha256 *question, const fpl_model *model,
                             const fpl_query *query);

/* task: one word. */
fpl_status fpli_question_begin(fpli_sha256 *question, const fpl_model *model,
                               const char *task, const fpl_limits *limits,
                               fpl_error *error);

#endif
