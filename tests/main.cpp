#define BOOST_TEST_MODULE helm_coder
#include <boost/test/unit_test.hpp>
