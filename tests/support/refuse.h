/* Inputs that a reader must refuse, named after what is wrong with them, each with the
 * message due. */
#ifndef REFUSE_H
#define REFUSE_H

#include <fahrplan/io.h>

/* Reads a text and gives a model; name is how complaints call it. */
typedef fpl_status refuse_reader(const char *text, size_t size, const char *name,
                                 fpl_model **model, fpl_error *error);

/* For each input <defect><suffix> in a folder of the source tree ("tests/refuse/yaml"):
 * it must be refused with the message that stands in <defect>.expected:
 *
 *   <defect><suffix>:<line>:<column>+<width>: <sentence>
 *   note: <note>                                  if there is one
 *
 * without line and column where the complaint has none. Fails with all differences at
 * once; fails if there are fewer than `least` inputs. */
void refuse_all(const char *folder, const char *suffix, refuse_reader *read, int least);

#endif
