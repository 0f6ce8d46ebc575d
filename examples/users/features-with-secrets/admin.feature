Feature: Being an admin

  Background:
    Given format "JSON"

  @setup
  Scenario: The admin logs in
    Given URL path "/token"
    And REST method "POST"
    And format "FORM"
    And request param "username" is "admin@example.com"
    And request param "password" is "$USERS_ADMIN_PASSWORD"
    And response format "JSON"
    When the URL is invoked
    Then status is "200"
    And I store "/access_token" from response under "token"

  Scenario: An admin makes somebody a moderator
    Given bearer token "#token"
    And URL path "/users"
    And REST method "POST"
    And request is "{"email": "max@example.com", "username": "max", "password": "SecurePass123"}"
    When the URL is invoked
    Then I store "/id" from response under "max"
    Given URL path "/users/#{max}"
    And REST method "PATCH"
    And request is "{"role": "moderator"}"
    When the URL is invoked
    Then status is "200"

  Scenario: Moderators are found
    Given URL path "/users"
    And query string "?role=moderator"
    When the URL is invoked
    Then path "/total" is an integer "1"
    And path "/items/0/username" is "max"

  Scenario: An admin sees what everybody has ordered
    Given URL path "/users/1/orders"
    When the URL is invoked
    Then status is "200"
    And path "/0/item" is "lamp"
    Given URL path "/users/1/orders/2"
    When the URL is invoked
    Then path "/item" is "desk"

  Scenario: An admin deletes a user
    Given URL path "/users/#{max}"
    And REST method "DELETE"
    When the URL is invoked
    Then status is "204"
    Given URL path "/users/#{max}"
    And REST method "GET"
    When the URL is invoked
    Then status is "404"
