/* Small random models that lean to the corners: ties, diagonals, descriptors with one variant,
 * exclusions, groups that do not sum to zero, extreme values. */
#ifndef RANDOM_H
#define RANDOM_H

#include "base/rng.h"

#include <fahrplan/model.h>

/* A model with at most max_space scenarios. Not NULL. */
fpl_model *random_model(fpli_rng *rng, uint64_t max_space);

/* The same model with a level (the last descriptor), drivers (the first ones, at least one) and two
 * gates of random conditions. NULL if it has one descriptor only. */
fpl_model *model_with_level(fpli_rng *rng, const fpl_model *model);

/* A formula over the model's names, into text. */
void random_formula(fpli_rng *rng, const fpl_model *model, char *text, size_t size);

/* Print a model so that a failure can be repeated by hand. */
void print_model(const fpl_model *model);

/* How many instances to try: FPL_TEST_SCALE times n. */
int test_scale(int n);

#endif
