/* The version alone, for those who may not include all of fahrplan.h. */
#ifndef FPLI_VERSION_H
#define FPLI_VERSION_H

const char *fpl_version(void);

#endif
