#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "actions/perform_api.h"
#include "actions/plan.h"

namespace actions {

// What a workload still waits for, "0 of 1 ready"; empty: nothing, or it is no workload.
std::string waits_for(base::Json const& workload);

// Tells once a second what Helm is waiting for, while it lives.
class Watch {
 public:
  // `api` is used by a thread of the watch alone.
  Watch(std::unique_ptr<Api> api, std::vector<Object> const& objects, std::function<void(std::string const&)> tell);
  ~Watch();

 private:
  void run();
  std::string line(std::chrono::seconds since);

  std::unique_ptr<Api> api_;
  std::vector<Object> workloads_;
  std::function<void(std::string const&)> tell_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace actions
