Feature: Being a user

  Background:
    Given format "JSON"

  @setup
  Scenario: Ada signs up
    Given URL path "/users"
    And REST method "POST"
    And request is "{"email": "ada@example.com", "username": "ada", "full_name": "Ada Lovelace", "password": "@{password}"}"
    When the URL is invoked
    Then I store "/id" from response under "ada"

  @setup
  Scenario: Ada logs in
    Given URL path "/token"
    And REST method "POST"
    And format "FORM"
    And request param "username" is "ada@example.com"
    And request param "password" is "@password"
    And response format "JSON"
    When the URL is invoked
    Then status is "200"
    And path "/token_type" is "Bearer"
    And path "/expires_in" is an integer "1800"
    And I store "/access_token" from response under "token"

  Scenario: A wrong password opens nothing
    Given URL path "/token"
    And REST method "POST"
    And format "FORM"
    And request param "username" is "ada"
    And request param "password" is "WrongPass123"
    And response format "JSON"
    When the URL is invoked
    Then status is "400"
    And path "/error" is "invalid_grant"

  Scenario: Without a token there is nothing to read
    Given URL path "/users/me"
    When the URL is invoked
    Then status is "401"
    And header "WWW-Authenticate" is "Bearer realm="User Management API""
    And JSON response is equal to "{"error": "UnauthorizedError", "message": "Not authenticated", "path": "/users/me"}"

  Scenario: A token that nobody has given
    Given bearer token "abc"
    And URL path "/users/me"
    When the URL is invoked
    Then status is "401"
    And path "/message" is "Could not validate credentials"

  Scenario: Ada reads about herself
    Given bearer token "#token"
    And URL path "/users/me"
    When the URL is invoked
    Then status is "200"
    And path "/id" is "#ada"
    And path "/full_name" is "Ada Lovelace"

  Scenario: And about somebody who is not there
    Given URL path "/users/123456"
    When the URL is invoked
    Then status is "404"
    And JSON response is equal to "{"error": "NotFoundError", "message": "User with id 123456 not found", "path": "/users/123456"}"

  Scenario: The first page of the list
    Given URL path "/users"
    And query string "?page=1&page_size=1"
    When the URL is invoked
    Then status is "200"
    And path "/items/0/username" is "admin"
    And path "/page" is an integer "1"
    And path "/page_size" is an integer "1"

  Scenario Outline: A page that there cannot be: <query>
    Given URL path "/users"
    And query string "<query>"
    When the URL is invoked
    Then status is "400"
    And path "/message" is "<message>"

    Examples:
      | query          | message                             |
      | ?page=0        | Page must be >= 1                   |
      | ?page_size=0   | Page size must be between 1 and 100 |
      | ?page_size=101 | Page size must be between 1 and 100 |

  Scenario: The list in version 2 has roles
    Given URL path "/api/v2/users"
    And query string "?search=lovelace"
    When the URL is invoked
    Then status is "200"
    And path "/items/0/name" is "Ada Lovelace"
    And path "/items/0/role" is "user"

  Scenario: Ada forgets her full name
    Given bearer token "#token"
    And URL path "/users/#{ada}"
    And REST method "PATCH"
    And request is "{"full_name": null}"
    When the URL is invoked
    Then status is "200"
    And path "/full_name" is null
    And path "/username" is "ada"

  Scenario: She has ordered nothing
    Given URL path "/users/#{ada}/orders"
    When the URL is invoked
    Then status is "200"
    And JSON response is equal to "[]"

  Scenario Outline: Only admins delete users: <method> <path>
    Given URL path "<path>"
    And REST method "<method>"
    When the URL is invoked
    Then status is "403"
    And path "/message" is "Insufficient permissions. Required role: admin"

    Examples:
      | method | path                |
      | DELETE | /users/1            |
      | DELETE | /users/#{ada}       |

  Scenario: There is no version 3
    Given URL path "/users"
    And header "X-API-Version" "3"
    When the URL is invoked
    Then status is "400"
    And path "/message" is "Unsupported API version: 3"
