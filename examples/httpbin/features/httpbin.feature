Feature: A server that tells what it got

  Background:
    Given context is cleaned up
    And format "JSON"

  Scenario: Query parameters
    Given URL path "/get"
    And query string "?key=value&list=1&list=2"
    When the URL is invoked
    Then status is "200"
    And path "/args/key" is "value"
    And path "/args/list" is a list "1,2"

  Scenario: JSON
    Given URL path "/post"
    And REST method "POST"
    And request is "{"name": "x"}"
    And path "/name" in request is a random string
    And path "/count" in request is an integer "7"
    When the URL is invoked
    Then status is "200"
    And path "/json/name" is any string
    And path "/json/count" is an integer "7"

  Scenario: A form
    Given URL path "/post"
    And REST method "POST"
    And format "FORM"
    And request param "key" is "value"
    And response format "JSON"
    When the URL is invoked
    Then status is "200"
    And path "/form/key" is "value"

  Scenario: Headers that the client chose
    Given URL path "/headers"
    And header "X-Custom" "yes"
    When the URL is invoked
    Then path "/headers/X-Custom" is "yes"

  Scenario: Credentials
    Given URL path "/basic-auth/ada/lovelace"
    When the URL is invoked
    Then status is "401"
    And header "WWW-Authenticate" starts with "Basic"
    Given Basic Auth "ada" "lovelace"
    When the URL is invoked
    Then status is "200"
    And path "/authenticated" is True
    And path "/user" is "ada"

  Scenario: Redirects are followed
    Given URL path "/redirect/3"
    When the URL is invoked
    Then status is "200"
    And path "/url" ends with "/get"

  Scenario Outline: A status of <code>
    Given URL path "/status/<code>"
    And response format "RAW"
    When the URL is invoked
    Then status is "<code>"

    Examples:
      | code |
      | 204  |
      | 404  |
      | 418  |
      | 503  |
