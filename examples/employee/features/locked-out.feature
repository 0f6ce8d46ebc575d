Feature: Those who are not let in
  The systems of the company and its partners have credentials. Nobody else gets past the door, or learns what is behind it.

  Background:
    Given format "JSON"

  Scenario Outline: A system of the company that shows nothing: <method> <path>
    Given URL path "/api/secure/employee/<path>"
    And REST method "<method>"
    When the URL is invoked
    Then status is "403"
    And path "/code" is "unauthorized"
    And header "WWW-Authenticate" does not exist

    Examples:
      | method | path       |
      | GET    | get/123    |
      | GET    | 123        |
      | GET    | get/abc    |
      | POST   | create     |
      | PATCH  | update/123 |
      | DELETE | delete/123 |

  Scenario: A password that is wrong
    Given Basic Auth "hr" "a wrong password"
    And URL path "/api/secure/employee/get/123"
    When the URL is invoked
    Then status is "403"
    Given I am not authenticated

  Scenario: A partner who shows nothing is told what to show
    Given URL path "/api/partner/employee/get/123"
    When the URL is invoked
    Then status is "401"
    And path "/code" is "unauthorized"

  Scenario: A partner with a key that nobody has given
    Given API key "a wrong key"
    And URL path "/api/partner/employee/get/123"
    When the URL is invoked
    Then status is "401"
    Given I am not authenticated
