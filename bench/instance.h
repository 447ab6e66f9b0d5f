/* What every benchmark program shares: its options, its model, the clock, the line it prints. */
#ifndef INSTANCE_H
#define INSTANCE_H

#include <fahrplan/model.h>

/* The value after an option of the command line, or else `fallback`. */
const char *instance_option(int argc, char **argv, const char *name,
                            const char *fallback);

/* --model FILE, or --family random|modular|ordered --n N --k K --density D --cross D --module M
 * --seed S. Leaves the process with a message if they make no model. */
fpl_model *instance_from(int argc, char **argv);

/* Rivals restate the definitions without exclusions: leaves the process if the model has any. */
void instance_without_exclusions(const fpl_model *model);

/* Leave the process with a message: code 2; or 3, if what was asked for does not exist here. */
void instance_fail(const char *message);
void instance_absent(const char *message);

/* One solve. */
typedef struct instance_result {
    char answer[256]; /* what all who solve the same instance must agree on */
    uint64_t work;    /* nodes or states visited */
} instance_result;

typedef instance_result (*instance_solver)(const fpl_model *model, const void *context);

/* Solve several times, long ones once, and print one line of JSON: answer, work, medians of the
 * seconds of this thread's processor time and of the wall, how many runs they are of, and the most
 * memory that the process held, in bytes (0: the system does not say). model may be NULL. */
void instance_measure(const fpl_model *model, instance_solver solve, const void *context);

#endif
