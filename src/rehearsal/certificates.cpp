#include "rehearsal/certificates.h"

#include <algorithm>
#include <ctime>
#include <memory>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/bytes.h"
#include "base/text.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr std::size_t most_names = 20;
constexpr std::size_t longest_chain = 20;

template <auto free>
struct Free {
  template <class T>
  void operator()(T* each) const {
    free(each);
  }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;
using Cert = std::unique_ptr<X509, Free<X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;

Bio memory_of(std::string const& text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(std::min<std::size_t>(text.size(), 1 << 20)))); }

// Without this OpenSSL would ask the person at the terminal.
int no_password(char*, int, int, void*) { return 0; }

std::vector<Cert> read_chain(std::string const& pem) {
  auto const bio = memory_of(pem);
  std::vector<Cert> chain;
  while (chain.size() < longest_chain) {
    Cert next(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
    if (!next) break;
    chain.push_back(std::move(next));
  }
  ERR_clear_error();
  return chain;
}

// It may be as long as somebody likes.
std::string shortened(std::string const& text) { return base::valid_utf8(base::printable(text).substr(0, 253)); }

std::string name_of(X509* certificate) {
  Bio const out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  char* text = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &text);
  return shortened({text, static_cast<std::size_t>(std::max(size, 0L))});
}

std::int64_t seconds_of(ASN1_TIME const* time) {
  std::tm parts{};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? timegm(&parts) : 0;
}

std::vector<std::string> names_of(X509* certificate) {
  Names const all(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> names;
  for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()) && names.size() < most_names; ++i) {
    auto const* each = sk_GENERAL_NAME_value(all.get(), i);
    if (each->type != GEN_DNS) continue;
    auto const* bytes = reinterpret_cast<char const*>(ASN1_STRING_get0_data(each->d.dNSName));
    names.push_back(shortened({bytes, static_cast<std::size_t>(ASN1_STRING_length(each->d.dNSName))}));
  }
  return names;
}

// Browsers and Go's programs, Coder's too, look at the subjectAltName only. A host with a * stands for every name below.
bool is_for(X509* certificate, std::string host) {
  if (host.starts_with("*.")) host = "any" + host.substr(1);
  auto const as_address = X509_check_ip_asc(certificate, host.c_str(), 0);
  if (as_address != -2) return as_address == 1;
  return X509_check_host(certificate, host.data(), host.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

std::string trouble_with(std::vector<Cert> const& chain, std::string const& pem, std::string const& key) {
  if (pem.empty()) return "it has no tls.crt";
  if (chain.empty()) return "tls.crt holds no certificate that can be read";
  if (key.empty()) return "it has no tls.key";
  PrivateKey const own(PEM_read_bio_PrivateKey(memory_of(key).get(), nullptr, no_password, nullptr));
  bool const fits = own && X509_check_private_key(chain.front().get(), own.get()) == 1;
  ERR_clear_error();
  if (!own) return "tls.key holds no key that can be read without a password";
  return fits ? "" : "tls.key is not the key of the certificate in tls.crt";
}

// A root that is in the chain counts for nobody: clients have their own.
void read_dates(std::vector<Cert> const& chain, state::Certificate& seen) {
  seen.not_before = seconds_of(X509_get0_notBefore(chain.front().get()));
  seen.not_after = seconds_of(X509_get0_notAfter(chain.front().get()));
  for (std::size_t i = 1; i < chain.size(); ++i) {
    auto* each = chain[i].get();
    if (X509_NAME_cmp(X509_get_subject_name(each), X509_get_issuer_name(each)) == 0) continue;
    auto const end = seconds_of(X509_get0_notAfter(each));
    if (end >= seen.not_after) continue;
    seen.not_after = end;
    seen.ends_first = name_of(each);
  }
}

Json const& at(Json const& values, std::string const& path) {
  auto const* here = &values;
  for (auto const& key : base::split(path, '.')) here = &(*here)[key];
  return *here;
}

// Sources: the values.yaml of Coder's charts 1.15 to 1.44. The first that is set counts.
struct Named {
  std::vector<std::string> secrets, hosts;
};
std::vector<Named> const& named_by_values() {
  static std::vector<Named> const all = {
      {{"coderd.tls.hostSecretName", "ingress.tls.hostSecretName"}, {"ingress.host"}},
      {{"coderd.tls.devurlsHostSecretName", "ingress.tls.devurlsHostSecretName"}, {"coderd.devurlsHost", "devurls.host"}}};
  return all;
}

std::string first_set(Json const& values, std::vector<std::string> const& paths) {
  for (auto const& path : paths)
    if (auto const& text = at(values, path).str(); !text.empty()) return text;
  return {};
}

class Gatherer {
 public:
  explicit Gatherer(Json const& values) : values_(values) {}

  void take(Referred const& each, Json const& secret) {
    bool const by_ingress = each.by.kind == "Ingress";
    bool const is_tls = secret["type"].str() == "kubernetes.io/tls" || (secret["data"].has("tls.crt") && secret["data"].has("tls.key"));
    bool const loads = each.to.mounted && is_tls && (each.to.key.empty() || each.to.key == "tls.crt");
    if (!by_ingress && !loads) return;
    auto& use = uses_[each.key];
    use.secret = &secret;
    use.mounted |= loads;
    add(use.users, each.by.kind + "/" + each.by.name);
    if (by_ingress) add_hosts(use, (*each.object)["spec"], each.to.name);
    for (auto const& named : named_by_values())
      if (first_set(values_, named.secrets) == each.to.name) add(use.hosts, first_set(values_, named.hosts));
  }

  std::vector<state::Certificate> certificates() const {
    std::vector<state::Certificate> all;
    for (auto const& [key, use] : uses_) {
      auto seen = read_certificate(text_of(*use.secret, "tls.crt"), text_of(*use.secret, "tls.key"), use.hosts);
      seen.name_space = key.name_space, seen.secret = base::printable(key.name);
      seen.users = use.users, seen.mounted = use.mounted;
      all.push_back(std::move(seen));
    }
    return all;
  }

 private:
  struct Use {
    Json const* secret = nullptr;
    std::vector<std::string> users, hosts;
    bool mounted = false;
  };

  static void add(std::vector<std::string>& list, std::string const& text) {
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
  }

  // An entry without hosts is for all of the Ingress.
  static void add_hosts(Use& use, Json const& spec, std::string const& secret) {
    for (auto const& tls : spec["tls"].items()) {
      if (tls["secretName"].str() != secret) continue;
      for (auto const& host : tls["hosts"].items()) add(use.hosts, host.str());
      if (!tls["hosts"].items().empty()) continue;
      for (auto const& rule : spec["rules"].items()) add(use.hosts, rule["host"].str());
    }
  }

  static std::string text_of(Json const& secret, std::string const& key) {
    auto const& plain = secret["stringData"][key];
    return plain.is_string() ? plain.str() : base::from_base64(secret["data"][key].str()).value_or("");
  }

  Json const& values_;
  std::map<Key, Use> uses_;
};

}  // namespace

state::Certificate read_certificate(std::string const& pem, std::string const& key, std::vector<std::string> const& hosts) {
  auto const chain = read_chain(pem);
  state::Certificate seen{.broken = trouble_with(chain, pem, key)};
  if (chain.empty()) return seen;
  auto* leaf = chain.front().get();
  seen.subject = name_of(leaf);
  seen.names = names_of(leaf);
  read_dates(chain, seen);
  for (auto const& host : hosts)
    if (!is_for(leaf, host)) seen.unmatched.push_back(base::printable(host));
  ERR_clear_error();
  return seen;
}

std::vector<state::Certificate> certificates_of(std::vector<Referred> const& all, std::map<Key, Lookup> const& found, Json const& values) {
  Gatherer gatherer(values);
  for (auto const& each : all)
    if (auto const& lookup = found.at(each.key); each.to.kind == "Secret" && !lookup.object.is_null()) gatherer.take(each, lookup.object);
  return gatherer.certificates();
}

}  // namespace rehearsal
