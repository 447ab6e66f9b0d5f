/* What every benchmark program shares: its model, from options or a file, and the clock.
 */
#ifndef INSTANCE_H
#define INSTANCE_H

#include <fahrplan/model.h>

/* --model FILE, or --family random|modular|ordered --n N --k K --density D --cross D
 * --module M
 * --seed S. Leaves the process with a message if they make no model. */
fpl_model *instance_from(int argc, char **argv);

/* Rivals restate the definitions without exclusions: leaves the process if the model has
 * any. */
void instance_without_exclusions(const fpl_model *model);

/* One solve: the number of scenarios and of nodes or states visited. */
typedef struct instance_result {
    uint64_t solutions, nodes;
} instance_result;

typedef instance_result (*instance_solver)(const fpl_model *model);

/* Solve several times, long ones once, and print one line of JSON: solutions, nodes, the
 * median of processor seconds and how many runs it is of. */
void instance_measure(const fpl_model *model, instance_solver solve);

#endif
