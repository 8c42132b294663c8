// What this process holds in memory now. Not getrusage: its maximum begins with that of the process that started this one.
#pragma once
#include <unistd.h>

#include <fstream>

namespace chuncheng {

inline double ResidentMiB() {
  std::ifstream statm("/proc/self/statm");
  double whole = 0, resident = 0;
  statm >> whole >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

}  // namespace chuncheng
