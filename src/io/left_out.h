/* What a model states and a foreign format cannot hold. */
#ifndef FPLI_LEFT_OUT_H
#define FPLI_LEFT_OUT_H

#include <fahrplan/io.h>

/* Tell, in one notice or as many as its length needs, which keys of a model the format
 * leaves out.
 *
 *   what    the format with its article, "a ScenarioWizard project"
 *   held    paths of keys that it holds ("descriptors.name"), ends with NULL; everything
 * below a path is held too; "x-scw" stands for that key of the model more    what is left
 * out besides, "" if nothing: "a, b"
 *
 * Errors: FPL_E_MEMORY. */
fpl_status fpli_tell_left_out(const fpl_model *model, const fpl_save_options *options,
                              const char *what, const char *const *held, const char *more,
                              fpl_error *error);

#endif
