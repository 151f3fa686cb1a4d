#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "actions/perform_api.h"

namespace actions {

// Who holds the lock of a release, as it stands in the cluster.
struct Holder {
  std::string identity;       // "ada@host 4711 6f1c…"
  std::string journal;        // the folder of its backup, on that machine
  std::int64_t ago = 0;       // seconds since it was renewed, by the API server's clock
  std::int64_t lasts = 0;     // seconds that it lasts without being renewed
  std::string resource_version, uid;
  bool alive() const { return ago < lasts; }
};

// Our own lock on a release: a Lease named helm-coder-RELEASE, or a ConfigMap of that name where this person has no right
// to Leases. It is renewed while its object lives, and deleted at the end. Two persons with different rights see each
// other's: whoever may read both kinds looks at both.
class Lock {
 public:
  struct Place {
    std::string name_space, release;
    std::string identity, journal;
  };
  using Clock = std::function<std::int64_t()>;  // Unix seconds
  static constexpr std::int64_t seconds = 30;  // that it lasts without being renewed

  // Nothing and a reason: somebody else holds it (then `holder` is set), or it can't be written.
  static std::unique_ptr<Lock> acquire(Api&, Place, Clock now, std::string* why, std::optional<Holder>* holder);

  // Renews it in the background by an API of its own, which must outlive the lock.
  void keep_renewing(Api&);

  // Asks the cluster. False and a reason if it is no longer ours, or could not be renewed for as long as it lasts.
  bool still_ours(std::string* why);

  ~Lock();  // lets go of it, if it is still ours

 private:
  Lock(Api&, Place, Clock, bool lease);
  clients::Answer write(Api&, std::string const& resource_version);
  bool renew(Api&, std::string* why);
  void let_go();

  Api& api_;
  Place place_;
  Clock now_;
  bool lease_;
  std::mutex mutex_;  // of what follows
  std::string resource_version_, uid_, lost_;
  std::int64_t skew_ = 0, acquired_ = 0, renewed_ = 0;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread renewer_;
};

// The lock of a release as it stands, if there is one that can be read: the one that is alive before one that is not.
std::optional<Holder> holder_of(Api&, std::string const& name_space, std::string const& release, std::int64_t now);

// What to say of a lock that is held.
std::string held_by(Holder const&);

// "ada@host 4711 6f1c…": tells runs on one machine apart, too.
std::string new_identity();

}  // namespace actions
