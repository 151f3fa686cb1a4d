#include "rehearsal/certificates.h"

#include <ctime>
#include <memory>

#include <boost/test/unit_test.hpp>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/bytes.h"

namespace {

using Key = std::shared_ptr<EVP_PKEY>;

Key new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

template <class Write>
std::string pem_of(Write write) {
  std::unique_ptr<BIO, int (*)(BIO*)> const out(BIO_new(BIO_s_mem()), BIO_free);
  write(out.get());
  char* text = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string text_of(Key const& key, char const* password = nullptr) {
  return pem_of([&](BIO* out) {
    PEM_write_bio_PrivateKey(out, key.get(), password ? EVP_aes_128_cbc() : nullptr, reinterpret_cast<unsigned char const*>(password), password ? 4 : 0, nullptr, nullptr);
  });
}

// Signed by itself, or by `issuer`, whose name is "CA". `names`: "DNS:a.example.com,DNS:b.example.com".
std::string certificate(Key const& key, std::string const& names, long begins_in = -3600, long ends_in = 3600, Key const& issuer = nullptr) {
  std::unique_ptr<X509, void (*)(X509*)> const made(X509_new(), X509_free);
  auto* each = made.get();
  X509_set_version(each, X509_VERSION_3);
  X509_gmtime_adj(X509_getm_notBefore(each), begins_in);
  X509_gmtime_adj(X509_getm_notAfter(each), ends_in);
  X509_set_pubkey(each, key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(each), "CN", MBSTRING_UTF8, reinterpret_cast<unsigned char const*>("coder.example.com"), -1, -1, 0);
  if (issuer) {
    X509_NAME_add_entry_by_txt(X509_get_issuer_name(each), "CN", MBSTRING_UTF8, reinterpret_cast<unsigned char const*>("CA"), -1, -1, 0);
  } else {
    X509_set_issuer_name(each, X509_get_subject_name(each));
  }
  if (!names.empty()) {
    std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> const extension(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()), X509_EXTENSION_free);
    X509_add_ext(each, extension.get(), -1);
  }
  X509_sign(each, issuer ? issuer.get() : key.get(), EVP_sha256());
  return pem_of([&](BIO* out) { PEM_write_bio_X509(out, each); });
}

bool near(std::int64_t seconds, long away) { return std::abs(seconds - (std::time(nullptr) + away)) < 60; }

std::vector<std::string> unmatched(std::string const& names, std::vector<std::string> const& hosts) {
  auto const key = new_key();
  return rehearsal::read_certificate(certificate(key, names), text_of(key), hosts).unmatched;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(certificates)

BOOST_AUTO_TEST_CASE(its_name_dates_and_hosts_are_read) {
  auto const key = new_key();
  auto const seen = rehearsal::read_certificate(certificate(key, "DNS:coder.example.com,DNS:*.coder.example.com", -60, 7200), text_of(key), {"coder.example.com"});
  BOOST_TEST(seen.broken == "");
  BOOST_TEST(seen.subject == "CN = coder.example.com");
  BOOST_TEST((near(seen.not_before, -60) && near(seen.not_after, 7200)));
  BOOST_TEST((seen.names == std::vector<std::string>{"coder.example.com", "*.coder.example.com"}));
  BOOST_TEST(seen.unmatched.empty());
}

BOOST_AUTO_TEST_CASE(what_can_not_be_used_is_told) {
  auto const key = new_key();
  auto const pem = certificate(key, "");
  auto const broken = [](std::string const& crt, std::string const& own) { return rehearsal::read_certificate(crt, own, {}).broken; };
  BOOST_TEST(broken(pem, text_of(key)) == "");
  BOOST_TEST(broken(pem, text_of(new_key())) == "tls.key is not the key of the certificate in tls.crt");
  BOOST_TEST(broken(pem, text_of(key, "pass")) == "tls.key holds no key that can be read without a password");
  BOOST_TEST(broken(pem, "none") == "tls.key holds no key that can be read without a password");
  BOOST_TEST(broken(pem, "") == "it has no tls.key");
  BOOST_TEST(broken("", text_of(key)) == "it has no tls.crt");
  BOOST_TEST(broken(pem.substr(0, pem.size() / 2), text_of(key)) == "tls.crt holds no certificate that can be read");
}

BOOST_AUTO_TEST_CASE(a_star_stands_for_one_label) {
  BOOST_TEST(unmatched("DNS:*.example.com", {"coder.example.com"}).empty());
  BOOST_TEST(unmatched("DNS:*.example.com", {"*.example.com"}).empty());
  BOOST_TEST(unmatched("DNS:*.example.com", {"example.com", "*.coder.example.com"}).size() == 2u);
  BOOST_TEST(unmatched("DNS:coder.example.com", {"*.coder.example.com", "CODER.example.com"}) == std::vector<std::string>{"*.coder.example.com"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_common_name_does_not_count_and_addresses_do) {
  BOOST_TEST(unmatched("", {"coder.example.com"}).size() == 1u);
  BOOST_TEST(unmatched("IP:192.0.2.1", {"192.0.2.1"}).empty());
  BOOST_TEST(unmatched("IP:192.0.2.1", {"192.0.2.2"}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(of_a_chain_what_ends_first_counts_but_for_a_root) {
  auto const key = new_key(), ca = new_key();
  auto const leaf = certificate(key, "", -60, 9000, ca), middle = certificate(ca, "", -60, 3600, new_key()), root = certificate(ca, "", -60, 60);
  auto const seen = rehearsal::read_certificate(leaf + middle + root, text_of(key), {});
  BOOST_TEST(near(seen.not_after, 3600));
  BOOST_TEST(seen.ends_first == "CN = coder.example.com");
  BOOST_TEST(near(rehearsal::read_certificate(leaf + root, text_of(key), {}).not_after, 9000));
}

BOOST_AUTO_TEST_CASE(hosts_come_from_ingresses_and_from_the_values) {
  auto const key = new_key();
  auto const yaml = [](std::string const& text) { return base::parse_yaml(text).value(); };
  auto const secret = yaml("{type: kubernetes.io/tls, data: {tls.crt: " + base::to_base64(certificate(key, "DNS:coder.example.com")) + ", tls.key: " + base::to_base64(text_of(key)) + "}}");
  rehearsal::Key const own{"", "secrets", "c", "tls"};
  auto const ingress = yaml("{spec: {tls: [{secretName: tls, hosts: [a.example.com]}, {secretName: tls}, {secretName: other, hosts: [b]}], rules: [{host: coder.example.com}]}}");
  std::vector<rehearsal::Referred> all = {{{"Ingress", "", "c", "web"}, &ingress, {.field = "spec.tls", .kind = "Secret", .name = "tls"}, own}};
  auto const values = yaml("{coderd: {devurlsHost: '*.coder.example.com', tls: {devurlsHostSecretName: tls}}, devurls: {host: old.example.com}}");
  auto const found = rehearsal::certificates_of(all, {{own, {secret, "", ""}}}, values);
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST((found[0].unmatched == std::vector<std::string>{"a.example.com", "*.coder.example.com"}));
  BOOST_TEST((found[0].users == std::vector<std::string>{"Ingress/web"}));
  BOOST_TEST(!found[0].mounted);
}

BOOST_AUTO_TEST_CASE(a_pod_loads_a_secret_of_that_type_as_files_only) {
  auto const yaml = [](std::string const& text) { return base::parse_yaml(text).value(); };
  rehearsal::Key const own{"", "secrets", "c", "tls"};
  auto const mounted = [&](rehearsal::Referral const& to, std::string const& type) {
    base::Json const pod;
    auto const all = rehearsal::certificates_of({{{"Deployment", "apps", "c", "web"}, &pod, to, own}}, {{own, {yaml("{type: " + type + ", data: {}}"), "", ""}}}, {});
    return !all.empty() && all[0].mounted;
  };
  rehearsal::Referral to{.field = "volumes[tls]", .kind = "Secret", .name = "tls", .mounted = true};
  BOOST_TEST(mounted(to, "kubernetes.io/tls"));
  BOOST_TEST(!mounted(to, "Opaque"));
  to.key = "ca.crt";
  BOOST_TEST(!mounted(to, "kubernetes.io/tls"));
  BOOST_TEST(!mounted({.field = "env", .kind = "Secret", .name = "tls", .variable = true}, "kubernetes.io/tls"));
}

BOOST_AUTO_TEST_SUITE_END()
