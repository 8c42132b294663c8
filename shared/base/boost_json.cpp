// Boost.JSON compiled once, from its headers.
#include <boost/json/src.hpp>
